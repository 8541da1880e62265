namespace CryptoScreener.Indicators;

internal static class AdxBatch
{
    internal static void Run(in Bars bars, int period, double[][] values)
    {
        var n = bars.Length;
        double[] plus = new double[n], minus = new double[n], strength = new double[n];
        double[] range = new double[n], up = new double[n], down = new double[n], average = new double[n];
        for (var i = 1; i < n; i++)
            (plus[i], minus[i]) = AdxKernel.Movement(bars.High[i], bars.Low[i], bars.High[i - 1], bars.Low[i - 1]);
        WilderKernel.Run(AtrBatch.TrueRanges(in bars), 1, period, range);
        WilderKernel.Run(plus, 1, period, up);
        WilderKernel.Run(minus, 1, period, down);
        for (var i = period; i < n; i++)
            strength[i] = AdxKernel.Strength(AdxKernel.Direction(up[i], range[i]), AdxKernel.Direction(down[i], range[i]));
        WilderKernel.Run(strength, period, period, average);
        for (var i = (2 * period) - 1; i < n; i++)
            (values[0][i], values[1][i], values[2][i]) =
                (average[i], AdxKernel.Direction(up[i], range[i]), AdxKernel.Direction(down[i], range[i]));
    }
}
