namespace CryptoScreener.Indicators;

internal static class StochRsiBatch
{
    internal static void Run(ReadOnlySpan<double> closes, int rsiPeriod, int period, int slowing, int smoothing, double[][] values)
    {
        double[] rsi = new double[closes.Length], raw = new double[closes.Length];
        double[] slow = new double[closes.Length], smooth = new double[closes.Length];
        RsiBatch.Run(closes, rsiPeriod, rsi);
        var first = rsiPeriod + period - 1;
        for (var i = first; i < closes.Length; i++) raw[i] = StochRsiKernel.Position(rsi.AsSpan(i - period + 1, period - 1), rsi[i]);
        SmaBatch.Run(raw.AsSpan(first), slowing, slow.AsSpan(first));
        first += slowing - 1;
        SmaBatch.Run(slow.AsSpan(first), smoothing, smooth.AsSpan(first));
        for (var i = first + smoothing - 1; i < closes.Length; i++) (values[0][i], values[1][i]) = (slow[i], smooth[i]);
    }
}
