namespace CryptoScreener.Indicators;

internal static class StochasticKernel
{
    /// <summary>Where a value stands in its range, 0 to 100; in the middle when there is no range.</summary>
    internal static double Position(double value, double low, double high) => high > low ? (value - low) / (high - low) * 100 : 50;
}
