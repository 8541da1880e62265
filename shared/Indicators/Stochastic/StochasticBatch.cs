namespace CryptoScreener.Indicators;

internal static class StochasticBatch
{
    internal static void Run(in Bars bars, int period, int slowing, int smoothing, double[][] values)
    {
        double[] raw = new double[bars.Length], slow = new double[bars.Length], smooth = new double[bars.Length];
        for (var i = period - 1; i < bars.Length; i++)
        {
            var range = Extremes.EndingAt(in bars, i, period);
            raw[i] = StochasticKernel.Position(bars.Close[i], range.Low, range.High);
        }

        SmaBatch.Run(raw.AsSpan(period - 1), slowing, slow.AsSpan(period - 1));
        var first = period + slowing - 2;
        SmaBatch.Run(slow.AsSpan(first), smoothing, smooth.AsSpan(first));
        for (var i = first + smoothing - 1; i < bars.Length; i++) (values[0][i], values[1][i]) = (slow[i], smooth[i]);
    }
}
