using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.IntegrationTests.Collector.Gaps;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

/// <summary>An exchange that answers when the first of the minutes it was asked for has been given up.</summary>
public sealed class LateLookUpTests
{
    [Fact]
    public async Task A_minute_that_was_given_up_while_it_was_looked_up_leaves_before_those_behind_it()
    {
        await using var lane = await LaneOnBus.StartAsync();
        var exchange = new ForgetfulExchange();
        var first = lane.Time.GetUtcNow().ToUnixTimeMilliseconds();
        exchange.History.AddRange(Enumerable.Range(0, 5).Select(i => Traded(first + (i * Timeframe.MinuteMs))));
        var answer = exchange.Hold();
        lane.Lane.Clock.Observe(first + (4 * Timeframe.MinuteMs));
        var filler = new HoleFiller(exchange, lane.Lane, lane.Time, NullLogger<HoleFiller>.Instance);
        lane.Beside(filler.RunAsync);

        await lane.DoAsync(instrument =>
        {
            instrument.Gate.StartAfter(Traded(first));
            filler.Ask(instrument);
        });
        await Eventually.TrueAsync(() => exchange.Asked.Count == 1, "it is looked up");
        await lane.DoAsync(instrument => instrument.Gate.Skip(first + Timeframe.MinuteMs)); // its mark has named it missing
        answer.SetResult();

        await using var said = lane.Said();
        await Eventually.TrueAsync(
            () => said.Seen is [.., var newest] && lane.Read(newest).Candle.OpenTime == first + (3 * Timeframe.MinuteMs), "all that is over was said");
        Assert.Equal(exchange.History[1..4], said.Seen.Select(json => lane.Read(json).Candle));
    }

    private static Candle Traded(long minute) => new(minute, 100, 110, 90, 105, 5, 500, 10, 1, 100);
}
