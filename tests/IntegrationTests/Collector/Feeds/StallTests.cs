using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

public sealed class StallTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task A_subscription_that_falls_silent_while_its_instrument_trades_is_found_and_no_other()
    {
        await using var world = await StartAsync();
        await using var collector = await world.CollectAsync("--Collector:StallAfterMs=1000");
        await world.CandlesCloseAsync(4);
        var bus = world.Bus;
        var silent = bus.Symbols.Order(StringComparer.Ordinal).First();
        using var counted = new MeteredSum(collector.Get<IMeterFactory>(), "data_collector_stalls", ("exchange", "binance-futures"));

        await world.Exchange.OrderAsync(new { kind = "stall", symbol = silent, seconds = 3_600 });
        await Eventually.TrueAsync(() => Stalls(world).Count >= 3, "it is found stalled again and again");
        Assert.All(Stalls(world), stall => Assert.Equal(silent, stall.Symbol));
        Assert.Equal(["subscribed again", "subscribed again", "socket replaced"], Stalls(world).Take(3).Select(stall => stall.Action));
        Assert.InRange(counted.Value, 3, long.MaxValue);

        // Meanwhile its minutes are looked up: none is missing.
        var before = bus.ClosedOf(silent)[^1].OpenTime;
        await Eventually.TrueAsync(
            () => bus.ClosedOf(silent) is [var first, .., var last] closed
                && last.OpenTime > before + Timeframe.MinuteMs && last.OpenTime - first.OpenTime == (closed.Count - 1) * Timeframe.MinuteMs,
            "its minutes close all the same");
    }

    [Fact]
    public async Task A_socket_that_only_answers_while_its_instruments_trade_is_replaced_at_once()
    {
        await using var world = await StartAsync();
        await using var collector = await world.CollectAsync("--Collector:StallAfterMs=1000", "--Collector:SilenceLimitMs=1000");
        await world.CandlesCloseAsync(4);

        await world.Exchange.OrderAsync([.. SilenceOf(world)]);
        await Eventually.TrueAsync(() => Stalls(world).Count > 0, "it is found");
        Assert.Equal("socket replaced", Stalls(world)[0].Action);
    }

    [Fact]
    public async Task A_socket_that_only_answers_is_replaced_in_the_end_when_nobody_can_be_asked_what_trades()
    {
        await using var world = await StartAsync();
        await using var collector = await world.CollectAsync("--Collector:StallAfterMs=1000", "--Collector:SilenceLimitMs=1000");
        await world.CandlesCloseAsync(4);

        await world.Exchange.OrderAsync([new { kind = "rest_error", status = 500, seconds = 3_600 }, .. SilenceOf(world)]);
        await Eventually.TrueAsync(() => Stalls(world).Count > 0, "it is suspected");
        Assert.Equal("socket replaced", Stalls(world)[0].Action);
    }

    private Task<CollectorWorld> StartAsync() =>
        CollectorWorld.StartAsync(servers, "binance-futures", "--instruments", "4", "--speed", "30", "--leasttrades", "50");

    private static IEnumerable<object> SilenceOf(CollectorWorld world) => world.Bus.Symbols.Select(symbol => new { kind = "stall", symbol, seconds = 3_600 });

    private static IReadOnlyList<StallEvent> Stalls(CollectorWorld world) => world.Bus.Said(FeedKinds.Stall, ContractsJson.Default.StallEvent);
}
