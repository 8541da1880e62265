namespace CryptoScreener.Indicators;

internal static class MfiBatch
{
    internal static void Run(in Bars bars, int period, Span<double> indices)
    {
        for (var i = period; i < bars.Length; i++)
        {
            var window = bars.Before(i + 1, period + 1);
            indices[i] = MfiKernel.Index(MfiKernel.Between(in window, bars.Volume.Slice(i - period, period + 1)));
        }
    }
}
