using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class CandleDifferencesTests
{
    [Fact]
    public void Missing_and_different_candles_are_found_and_equal_ones_are_not()
    {
        Candle[] told = [Followed.Bar(1), Followed.Bar(2), Followed.Bar(3), Followed.Bar(4)];
        Candle[] stored = [Followed.Bar(0), Followed.Bar(1), Followed.Bar(3, close: 101), Followed.Bar(4)];
        Assert.Equal([Followed.Bar(2), Followed.Bar(3)], CandleDifferences.Of(stored, told));
        Assert.Empty(CandleDifferences.Of(told, told));
        Assert.Equal(told, CandleDifferences.Of([], told));
    }

    [Fact]
    public void A_flat_minute_of_ours_is_the_flat_minute_of_an_exchange_that_does_not_count_trades()
    {
        var flat = Candle.Flat(Followed.Minute(1), 100);
        var told = new Candle(Followed.Minute(1), 100, 100, 100, 100, 0, 0);
        Assert.Empty(CandleDifferences.Of([flat], [told]));
        Assert.Equal([told with { Close = 101, High = 101 }], CandleDifferences.Of([flat], [told with { Close = 101, High = 101 }]));
    }
}
