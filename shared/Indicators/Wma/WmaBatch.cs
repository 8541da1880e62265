namespace CryptoScreener.Indicators;

internal static class WmaBatch
{
    internal static void Run(ReadOnlySpan<double> values, int period, Span<double> means)
    {
        for (var i = period - 1; i < values.Length; i++)
            means[i] = WmaKernel.Mean(WmaKernel.WeightedSum(values[(i - period + 1)..i]), values[i], period);
    }
}
