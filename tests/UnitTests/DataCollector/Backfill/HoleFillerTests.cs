using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.Testing;
using CryptoScreener.UnitTests.DataCollector.Exchanges;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector.Backfill;

public sealed class HoleFillerTests
{
    [Fact]
    public async Task A_slow_exchange_is_asked_for_many_instruments_at_once()
    {
        await using var lane = new LaneUnderTest();
        var never = new TaskCompletionSource<IReadOnlyList<Candle>>();
        var exchange = new AskedExchange((_, _, _) => never.Task);
        var filler = Filler(exchange, lane);
        for (var i = 0; i < 40; i++) await AskAsync(filler, lane, Followed.Instrument($"S{i}"));
        await Eventually.TrueAsync(() => exchange.Asked >= 16, "many are on their way although none was answered");
    }

    [Fact]
    public async Task A_row_of_tomorrow_closes_no_minute_that_is_not_over()
    {
        await using var lane = new LaneUnderTest();
        var tomorrow = Followed.Bar(0) with { OpenTime = Followed.Minute(1_440) };
        var filler = Filler(new AskedExchange((_, _, _) => Task.FromResult<IReadOnlyList<Candle>>([Followed.Bar(1), tomorrow])), lane);
        var instrument = Followed.Instrument();
        await AskAsync(filler, lane, instrument);
        await Eventually.TrueAsync(() => lane.AskAsync(() => !instrument.IsRepairing), "it was looked up");
        Assert.Equal(Followed.Minute(0), await lane.AskAsync(() => instrument.Gate.LastClosed));
    }

    private static HoleFiller Filler(AskedExchange exchange, LaneUnderTest lane)
    {
        var filler = new HoleFiller(exchange, lane.Lane, lane.Time, NullLogger<HoleFiller>.Instance);
        lane.Beside(filler.RunAsync);
        return filler;
    }

    /// <summary>Its last closed minute is 0, and 1 is forming.</summary>
    private static Task<bool> AskAsync(HoleFiller filler, LaneUnderTest lane, FollowedInstrument instrument) => lane.AskAsync(() =>
    {
        instrument.Gate.StartAfter(Followed.Bar(0));
        filler.Ask(instrument);
        return true;
    });
}
