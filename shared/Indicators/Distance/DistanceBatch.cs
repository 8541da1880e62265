namespace CryptoScreener.Indicators;

internal static class DistanceBatch
{
    internal static void Run(in Bars bars, int period, double[][] values)
    {
        for (var i = period - 1; i < bars.Length; i++)
            (values[0][i], values[1][i]) = DistanceKernel.Percent(bars.Close[i], Extremes.EndingAt(in bars, i, period));
    }
}
