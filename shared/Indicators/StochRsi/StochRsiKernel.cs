namespace CryptoScreener.Indicators;

internal static class StochRsiKernel
{
    /// <summary>Where the last value stands in the range of the ones before and itself.</summary>
    internal static double Position(ReadOnlySpan<double> before, double last)
    {
        double low = last, high = last;
        foreach (var value in before)
        {
            if (value < low) low = value;
            if (value > high) high = value;
        }

        return StochasticKernel.Position(last, low, high);
    }
}
