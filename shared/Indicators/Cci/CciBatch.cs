namespace CryptoScreener.Indicators;

internal static class CciBatch
{
    internal static void Run(in Bars bars, int period, Span<double> indices)
    {
        for (var i = period - 1; i < bars.Length; i++)
        {
            var others = bars.Before(i, period - 1);
            indices[i] = CciKernel.Index(in others, bars.TypicalPrice(i));
        }
    }
}
