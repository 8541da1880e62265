namespace CryptoScreener.Indicators;

internal static class NatrBatch
{
    internal static void Run(in Bars bars, int period, Span<double> percents)
    {
        AtrBatch.Run(in bars, period, percents);
        for (var i = period - 1; i < bars.Length; i++) percents[i] = NatrKernel.Percent(percents[i], bars.Close[i]);
    }
}
