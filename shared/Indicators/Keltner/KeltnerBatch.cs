namespace CryptoScreener.Indicators;

internal static class KeltnerBatch
{
    internal static void Run(in Bars bars, int period, int atrPeriod, double multiplier, double[][] values)
    {
        double[] averages = new double[bars.Length], ranges = new double[bars.Length];
        EmaBatch.Run(bars.Close, 0, period, averages);
        AtrBatch.Run(in bars, atrPeriod, ranges);
        for (var i = Math.Max(period, atrPeriod) - 1; i < bars.Length; i++)
            (values[0][i], values[1][i], values[2][i]) = KeltnerKernel.Channel(averages[i], ranges[i], multiplier);
    }
}
