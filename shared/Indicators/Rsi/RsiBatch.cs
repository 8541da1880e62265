namespace CryptoScreener.Indicators;

internal static class RsiBatch
{
    internal static void Run(ReadOnlySpan<double> closes, int period, Span<double> indices)
    {
        if (closes.Length <= period) return;
        double[] gains = new double[closes.Length], losses = new double[closes.Length];
        for (var i = 1; i < closes.Length; i++)
        {
            gains[i] = RsiKernel.Gain(closes[i - 1], closes[i]);
            losses[i] = RsiKernel.Loss(closes[i - 1], closes[i]);
        }

        double[] averageGains = new double[closes.Length], averageLosses = new double[closes.Length];
        WilderKernel.Run(gains, 1, period, averageGains);
        WilderKernel.Run(losses, 1, period, averageLosses);
        for (var i = period; i < closes.Length; i++) indices[i] = RsiKernel.Index(averageGains[i], averageLosses[i]);
    }
}
