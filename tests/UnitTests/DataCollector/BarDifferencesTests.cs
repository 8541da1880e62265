using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class BarDifferencesTests
{
    private static readonly Candle Told = new(Followed.Minute(60), 100, 110, 90, 105, 12.3, 1_230.5, 40, 6.1, 610.2);

    [Fact]
    public void Missing_bars_and_bars_with_other_prices_volumes_or_trades_are_found()
    {
        Assert.Equal([Told], BarDifferences.Of([], [Told]));
        foreach (var other in new[] { Told with { Close = 104 }, Told with { Low = 89 }, Told with { Volume = 12.31 }, Told with { QuoteVolume = 1_230.6 }, Told with { Trades = 39 }, Told with { TakerBuyVolume = 6 } })
            Assert.Equal([Told], BarDifferences.Of([other], [Told]));
    }

    [Fact]
    public void Sums_of_minutes_may_differ_in_their_last_digits_and_what_is_not_told_is_not_compared()
    {
        Assert.Empty(BarDifferences.Of([Told with { Volume = 12.3 + 1e-14, TakerBuyQuoteVolume = 610.2 - 1e-12 }], [Told]));
        var unknowing = Told with { Trades = Candle.UnknownTrades, TakerBuyVolume = double.NaN, TakerBuyQuoteVolume = double.NaN };
        Assert.Empty(BarDifferences.Of([Told], [unknowing]));
        Assert.Equal([Told], BarDifferences.Of([unknowing], [Told]));
    }

    [Fact]
    public void An_absurd_bar_of_the_exchange_does_not_replace_anything() =>
        Assert.Empty(BarDifferences.Of([Told], [Told with { High = 1 }]));
}
