namespace CryptoScreener.Indicators;

internal static class RocBatch
{
    internal static void Run(ReadOnlySpan<double> closes, int period, Span<double> percents)
    {
        for (var i = period; i < closes.Length; i++) percents[i] = RocKernel.Percent(closes[i - period], closes[i]);
    }
}
