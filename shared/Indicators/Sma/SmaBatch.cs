namespace CryptoScreener.Indicators;

internal static class SmaBatch
{
    internal static void Run(ReadOnlySpan<double> values, int period, Span<double> means)
    {
        for (var i = period - 1; i < values.Length; i++)
            means[i] = SmaKernel.Mean(SmaKernel.Sum(values[(i - period + 1)..i]), values[i], period);
    }
}
