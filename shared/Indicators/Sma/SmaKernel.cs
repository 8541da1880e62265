namespace CryptoScreener.Indicators;

internal static class SmaKernel
{
    /// <summary>Oldest first, always in this order: two ways to the same sum must agree to the last bit.</summary>
    internal static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum;
    }

    internal static double Mean(double sumBefore, double last, int period) => (sumBefore + last) / period;
}
