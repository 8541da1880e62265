namespace CryptoScreener.Indicators;

internal static class WilliamsRKernel
{
    /// <summary>−100 at the lowest low, 0 at the highest high; in the middle when there is no range.</summary>
    internal static double Percent(double close, Extremes range) =>
        range.High > range.Low ? (range.High - close) / (range.High - range.Low) * -100 : -50;
}
