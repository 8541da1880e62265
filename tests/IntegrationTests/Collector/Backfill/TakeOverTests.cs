using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Backfill;

public sealed class TakeOverTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task What_a_successor_stores_of_minutes_that_the_stream_tells_otherwise_is_announced()
    {
        await using var exchange = await SimulatedExchange.StartAsync("bybit-linear", "--instruments", "1", "--speed", "30", "--leasttrades", "20");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers); // nobody stores what the stream tells: the database is behind
        await using var bus = await BusFollower.StartAsync(nats);
        await using (await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString))
            await Eventually.TrueAsync(() => bus.Symbols is [var one] && bus.ClosedOf(one).Count >= 4, "some minutes are said");

        await exchange.StopTimeAsync();
        var symbol = bus.Symbols[0];
        var said = bus.ClosedOf(symbol)[0];
        var minutesAgo = (await exchange.TimeAsync() / Timeframe.MinuteMs) - (said.OpenTime / Timeframe.MinuteMs);
        await exchange.OrderAsync(new { kind = "correct", exchange = exchange.Name, symbol, minutes_ago = minutesAgo });
        await Eventually.TrueAsync(async () => await TruthAsync() is var truth && truth.Close != said.Close, "the exchange has corrected what it had told");

        await using var successor = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString);
        var id = (await storage.Get<InstrumentStore>().ListAsync())[0].Id;
        var stored = new List<Candle>();
        await Eventually.TrueAsync(
            async () =>
            {
                stored.Clear();
                return await storage.Get<CandleReader>().ReadAsync(id, Timeframe.OneMinute, said.OpenTime, said.OpenTime, stored) == 1;
            },
            "the minute is stored");
        Assert.Equal((await TruthAsync()).Close, stored[0].Close);
        await Eventually.TrueAsync(
            () => bus.Said(FeedKinds.Backfilled, ContractsJson.Default.BackfilledEvent)
                .Any(b => b.Symbol == symbol && b.Timeframe == "1m" && b.From <= said.OpenTime && said.OpenTime <= b.Through),
            "whoever read it in the stream is told to read it in the database");

        async Task<Candle> TruthAsync() => Assert.Single(await exchange.TruthAsync(symbol, Timeframe.OneMinute, said.OpenTime, said.OpenTime));
    }
}
