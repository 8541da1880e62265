namespace CryptoScreener.Indicators;

internal static class WilliamsRBatch
{
    internal static void Run(in Bars bars, int period, Span<double> percents)
    {
        for (var i = period - 1; i < bars.Length; i++)
            percents[i] = WilliamsRKernel.Percent(bars.Close[i], Extremes.EndingAt(in bars, i, period));
    }
}
