namespace CryptoScreener.Indicators;

internal static class VwapBatch
{
    internal static void Run(in Bars bars, Span<double> prices)
    {
        double paid = 0, volume = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            var bar = bars[i];
            if (i == 0 || VwapKernel.SessionOf(bar.OpenTime) != VwapKernel.SessionOf(bars.OpenTime[i - 1]))
                (paid, volume) = (VwapKernel.PaidBefore(bar.OpenTime, isFirstBar: i == 0), 0);
            paid += bar.TypicalPrice * bar.Volume;
            volume += bar.Volume;
            prices[i] = VwapKernel.Price(paid, volume, bar.TypicalPrice);
        }
    }
}
