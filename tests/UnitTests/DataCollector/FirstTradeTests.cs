using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Ownership;
using CryptoScreener.UnitTests.DataCollector.Exchanges;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.UnitTests.DataCollector;

public sealed class FirstTradeTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_does_not_trade_is_asked_for_less_and_less_and_only_of_the_last_minutes()
    {
        await using var lane = new LaneUnderTest();
        var longest = 0L;
        var exchange = new AskedExchange((_, from, through) =>
        {
            longest = Math.Max(longest, through - from);
            return Task.FromResult<IReadOnlyList<Candle>>([]);
        });
        using var stop = new CancellationTokenSource();
        var waiting = new FirstTrade(exchange, lane.Lane, Followed.Instrument(), lane.Time, NullLogger.Instance).WaitAsync(stop.Token);
        for (var i = 0; i < 1_800; i++) lane.Time.Advance(Step); // an hour
        Assert.InRange(exchange.Asked, 10, 22);
        Assert.InRange(longest, 1, 11 * Timeframe.MinuteMs);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_its_stream_tells_first_is_looked_up_at_once()
    {
        await using var lane = new LaneUnderTest();
        var rows = new List<Candle>();
        var exchange = new AskedExchange((_, _, _) => Task.FromResult<IReadOnlyList<Candle>>(rows));
        var newcomer = Followed.Instrument();
        var waiting = new FirstTrade(exchange, lane.Lane, newcomer, lane.Time, NullLogger.Instance).WaitAsync(CancellationToken.None);
        for (var i = 0; i < 1_800; i++) lane.Time.Advance(Step);
        var asked = exchange.Asked;
        newcomer.Pulse.Beat(lane.Time.GetTimestamp(), isTraded: true);
        rows.Add(Followed.Bar(1));
        lane.Time.Advance(Step);
        await waiting;
        Assert.InRange(exchange.Asked, asked, asked + 1);
    }

    [Fact]
    public async Task What_is_heard_to_trade_is_looked_up_often_until_history_tells_it_too()
    {
        await using var lane = new LaneUnderTest();
        var exchange = new AskedExchange((_, _, _) => Task.FromResult<IReadOnlyList<Candle>>([]));
        var newcomer = Followed.Instrument();
        using var stop = new CancellationTokenSource();
        var waiting = new FirstTrade(exchange, lane.Lane, newcomer, lane.Time, NullLogger.Instance).WaitAsync(stop.Token);
        newcomer.Pulse.Beat(lane.Time.GetTimestamp(), isTraded: false);
        for (var i = 0; i < 1_800; i++) lane.Time.Advance(Step); // an hour of a stream that tells that nothing is traded
        newcomer.Pulse.Beat(lane.Time.GetTimestamp(), isTraded: true);
        var asked = exchange.Asked;
        for (var i = 0; i < 60; i++) lane.Time.Advance(Step); // two minutes
        Assert.InRange(exchange.Asked, asked + 5, asked + 10);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
