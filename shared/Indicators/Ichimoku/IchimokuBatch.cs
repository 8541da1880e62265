namespace CryptoScreener.Indicators;

internal static class IchimokuBatch
{
    internal static void Run(in Bars bars, int conversion, int @base, int span, double[][] values)
    {
        for (var i = Math.Max(Math.Max(conversion, @base), span) - 1; i < bars.Length; i++)
        {
            (values[0][i], values[1][i], values[2][i], values[3][i]) = IchimokuKernel.Lines(
                Extremes.EndingAt(in bars, i, conversion), Extremes.EndingAt(in bars, i, @base), Extremes.EndingAt(in bars, i, span));
        }
    }
}
