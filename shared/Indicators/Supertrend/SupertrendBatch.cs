namespace CryptoScreener.Indicators;

internal static class SupertrendBatch
{
    internal static void Run(in Bars bars, int period, double multiplier, double[][] values)
    {
        var ranges = new double[bars.Length];
        AtrBatch.Run(in bars, period, ranges);
        var bands = default(SupertrendBands);
        for (var i = period - 1; i < bars.Length; i++)
        {
            bands = SupertrendKernel.Step(bands, bars.High[i], bars.Low[i], bars.Close[i], ranges[i], multiplier);
            (values[0][i], values[1][i]) = (bands.Line, bands.Direction);
        }
    }
}
