namespace CryptoScreener.Indicators;

internal static class AtrBatch
{
    internal static void Run(in Bars bars, int period, Span<double> averages)
    {
        if (bars.Length < period) return;
        WilderKernel.Run(TrueRanges(in bars), 0, period, averages);
    }

    internal static double[] TrueRanges(in Bars bars)
    {
        var ranges = new double[bars.Length];
        for (var i = 0; i < ranges.Length; i++)
            ranges[i] = AtrKernel.TrueRange(bars.High[i], bars.Low[i], i == 0 ? 0 : bars.Close[i - 1]);
        return ranges;
    }
}
