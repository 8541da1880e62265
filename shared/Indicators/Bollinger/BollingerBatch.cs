namespace CryptoScreener.Indicators;

internal static class BollingerBatch
{
    internal static void Run(ReadOnlySpan<double> closes, int period, double multiplier, double[][] values)
    {
        for (var i = period - 1; i < closes.Length; i++)
        {
            var moments = Moments.Of(closes[(i - period + 1)..i]).With(closes[i], period);
            (values[0][i], values[1][i], values[2][i], values[3][i], values[4][i]) =
                BollingerKernel.Bands(moments.Mean, moments.Deviation(period), multiplier, closes[i]);
        }
    }
}
