using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>One of several sockets of an exchange that tells nothing, while the others do.</summary>
public sealed class LostSocketTests
{
    private const long Now = 600 * Timeframe.MinuteMs;

    [Theory]
    [InlineData(false)] // it acknowledges and is silent
    [InlineData(true)] // it was lost and is refused since
    public async Task What_it_carries_is_looked_up_and_nothing_else(bool isLost)
    {
        await using var exchange = await ScriptedExchange.StartAsync(instrumentsPerSocket: 1);
        var asked = new ConcurrentDictionary<string, bool>();
        exchange.Rows = (symbol, _, _) =>
        {
            asked[symbol] = true;
            return [];
        };
        await using var feed = new FeedUnderTest(exchange);
        await feed.FollowAsync(Now, "AAA", "BBB", "CCC");
        await Eventually.TrueAsync(() => exchange.Count == 3 && Enumerable.Range(0, 3).All(i => exchange.HeardOn(i).Count == 1), "all are subscribed");
        var silent = exchange.HeardOn(0)[0];
        for (var socket = isLost ? 0 : 1; socket < 3; socket++) await exchange.SayAsync(socket, exchange.HeardOn(socket)[0], Timeframe.MinuteMs);
        await Eventually.TrueAsync(() => feed.Set.Sockets.Count(s => s.IsDelivering) == (isLost ? 3 : 2), "the others deliver");
        exchange.RefusesSockets = isLost;
        if (isLost) exchange.Cut(0);
        await Eventually.TrueAsync(() => feed.Set.Sockets.Count(s => s.IsDelivering) == 2, "one does not deliver");

        using var stop = new CancellationTokenSource();
        var running = new FormingLookUp(exchange, feed.Lane, feed.Set, feed.Time, NullLogger<FormingLookUp>.Instance).RunAsync(stop.Token);
        await Eventually.TrueAsync(feed.Time, TimeSpan.FromSeconds(1), () => !asked.IsEmpty, "something is looked up");
        for (var i = 0; i < 10; i++) feed.Time.Advance(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal([silent], asked.Keys);
    }
}
