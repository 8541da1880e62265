using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

public sealed class MergedBarsTests
{
    private const long FourHours = 4 * 3_600_000;
    private static readonly Timeframe EightHours = new(480);
    private static readonly int[] Native = [1, 60, 240, 360, 1440];
    private static readonly long Start = EightHours.OpenOf(1_763_656_440_000);

    [Fact]
    public void Two_halves_make_one_bar()
    {
        var bar = Assert.Single(MergedBars.Of([Part(0, 100, 120, 90, 110), Part(1, 110, 130, 95, 105)], EightHours));
        Assert.Equal(new Candle(Start, 100, 130, 90, 105, 10, 1_000, 20, 2, 200), bar);
    }

    [Fact]
    public void What_is_unknown_of_a_part_is_unknown_of_the_whole()
    {
        var quiet = Part(1, 110, 130, 95, 105) with { Trades = Candle.UnknownTrades, TakerBuyVolume = double.NaN };
        var bar = Assert.Single(MergedBars.Of([Part(0, 100, 120, 90, 110), quiet], EightHours));
        Assert.Equal((Candle.UnknownTrades, double.NaN), (bar.Trades, bar.TakerBuyVolume));
    }

    [Fact]
    public void A_bar_that_was_listed_in_its_second_half_stands_at_its_own_open_time() =>
        Assert.Equal([Start, Start + (2 * FourHours)], MergedBars.Of([Part(1, 1, 2, 1, 2), Part(2, 2, 3, 2, 3)], EightHours).Select(b => b.OpenTime));

    [Fact]
    public async Task The_longest_bars_that_fit_are_asked_for_through_the_end_of_the_last()
    {
        (Timeframe, long, long) asked = default;
        await MergedBars.ReadAsync(EightHours, Native, Start, Start + (2 * FourHours), (timeframe, from, through) =>
        {
            asked = (timeframe, from, through);
            return Task.FromResult<IReadOnlyList<Candle>>([]);
        });
        Assert.Equal((new Timeframe(240), Start, Start + (3 * FourHours)), asked);
    }

    [Fact]
    public async Task What_an_exchange_has_is_passed_on_as_it_is()
    {
        Candle[] parts = [Part(0, 1, 2, 1, 2), Part(1, 2, 3, 2, 3)];
        Assert.Same(parts, await MergedBars.ReadAsync(new Timeframe(240), Native, Start, Start + FourHours, (_, _, _) => Task.FromResult<IReadOnlyList<Candle>>(parts)));
    }

    private static Candle Part(int index, double open, double high, double low, double close) =>
        new(Start + (index * FourHours), open, high, low, close, 5, 500, 10, 1, 100);
}
