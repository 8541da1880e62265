using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

public sealed class StallTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task A_subscription_that_falls_silent_while_its_instrument_trades_is_found_and_no_other()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", "--instruments", "4", "--speed", "30", "--leasttrades", "50");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var collector = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString, "--Collector:StallAfterMs=1000");
        await using var bus = await BusFollower.StartAsync(nats);
        var instruments = storage.Get<InstrumentStore>();
        await Eventually.TrueAsync(async () => (await instruments.ListAsync()).Count == 4, "all are registered");
        var silent = (await instruments.ListAsync()).Select(i => i.Instrument.Symbol).Order(StringComparer.Ordinal).First();
        await Eventually.TrueAsync(() => bus.ClosedOf(silent).Count > 2, "it closes candles");
        using var counted = new MeteredSum(collector.Get<IMeterFactory>(), "data_collector_stalls", ("exchange", "binance-futures"));

        await exchange.OrderAsync(new { kind = "stall", symbol = silent, seconds = 3_600 });
        await Eventually.TrueAsync(() => Stalls().Count >= 3, "it is found stalled again and again");
        Assert.All(Stalls(), stall => Assert.Equal(silent, stall.Symbol));
        Assert.Equal(["subscribed again", "subscribed again", "socket replaced"], Stalls().Take(3).Select(stall => stall.Action));
        Assert.InRange(counted.Value, 3, long.MaxValue);

        // Meanwhile its minutes are looked up: none is missing.
        var before = bus.ClosedOf(silent)[^1].OpenTime;
        await Eventually.TrueAsync(() => bus.ClosedOf(silent)[^1].OpenTime > before + Timeframe.MinuteMs, "its minutes close all the same");
        var told = bus.ClosedOf(silent);
        Assert.Equal(Enumerable.Range(0, told.Count).Select(i => told[0].OpenTime + (i * Timeframe.MinuteMs)), told.Select(c => c.OpenTime));

        IReadOnlyList<StallEvent> Stalls() => bus.Said(FeedKinds.Stall, ContractsJson.Default.StallEvent);
    }

    [Fact]
    public async Task A_socket_that_only_answers_while_its_instruments_trade_is_replaced_at_once()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", "--instruments", "4", "--speed", "30", "--leasttrades", "50");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var collector = await RunningCollector.StartAsync(
            exchange, nats.Url, storage.ConnectionString, "--Collector:StallAfterMs=1000", "--Collector:SilenceLimitMs=1000");
        await using var bus = await BusFollower.StartAsync(nats);
        await Eventually.TrueAsync(() => bus.Symbols.Count == 4 && bus.Symbols.All(symbol => bus.ClosedOf(symbol).Count > 2), "all close candles");

        await exchange.OrderAsync(bus.Symbols.Select(symbol => (object)new { kind = "stall", symbol, seconds = 3_600 }).ToArray());
        await Eventually.TrueAsync(() => Stalls().Count > 0, "it is found");
        Assert.Equal("socket replaced", Stalls()[0].Action);

        IReadOnlyList<StallEvent> Stalls() => bus.Said(FeedKinds.Stall, ContractsJson.Default.StallEvent);
    }
}
