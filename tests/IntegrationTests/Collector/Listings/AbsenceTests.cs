using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.IntegrationTests.Storage;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Collector.Listings;

/// <summary>What is delisted while no collector looks, and gaps of what is followed no more.</summary>
public sealed class AbsenceTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task What_was_delisted_or_deselected_meanwhile_is_settled_when_its_partition_is_ours()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", "--instruments", "4", "--speed", "60", "--leasttrades", "50");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var bus = await BusFollower.StartAsync(nats);
        var instruments = storage.Get<InstrumentStore>();
        await using (await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString))
        {
            await Eventually.TrueAsync(async () => (await instruments.ListAsync()).Count == 4, "all are registered");
            await Eventually.TrueAsync(() => bus.Symbols.Count == 4, "they close candles");
        }

        var (gone, deselected) = ((await instruments.ListAsync())[0], (await instruments.ListAsync())[1]);
        var minute = Timeframe.OneMinute.OpenOf(await exchange.TimeAsync()) - (180 * Timeframe.MinuteMs); // further back than is loaded
        foreach (var instrument in new[] { gone, deselected })
            await storage.Get<GapStore>().SaveAsync(instrument.Id, minute, minute, GapState.Found, "test", minute);

        await exchange.OrderAsync(new { kind = "delist", symbol = gone.Instrument.Symbol });
        await using var collector = await RunningCollector.StartAsync(
            exchange, nats.Url, storage.ConnectionString, $"--Collector:Deny:0={deselected.Instrument.Symbol}");

        await Eventually.TrueAsync(async () => await StatusAsync(gone) == InstrumentStatus.Delisted, "the delisting is noted");
        await Eventually.TrueAsync(async () => (await storage.Get<GapStore>().ListAsync(null, GapState.Found, 0, long.MaxValue / 2, 10)).Count == 0, "no gap is open");
        Assert.Equal(InstrumentStatus.Trading, await StatusAsync(deselected));
        await Eventually.TrueAsync(() => bus.Said(FeedKinds.Listing, ContractsJson.Default.ListingEvent).Count > 0, "the going is announced");
        var said = Assert.Single(bus.Said(FeedKinds.Listing, ContractsJson.Default.ListingEvent));
        Assert.Equal((gone.Instrument.Symbol, false), (said.Symbol, said.Listed));

        async Task<InstrumentStatus> StatusAsync(InstrumentRow row) => (await instruments.ListAsync()).Single(i => i.Id == row.Id).Status;
    }

    [Fact]
    public async Task A_list_that_lacks_most_of_what_is_known_delists_nothing()
    {
        await using var exchange = await SimulatedExchange.StartAsync("binance-futures", "--instruments", "4", "--speed", "60", "--leasttrades", "50");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var bus = await BusFollower.StartAsync(nats);
        var instruments = storage.Get<InstrumentStore>();
        await instruments.RegisterAsync(
            [.. Enumerable.Range(0, 15).Select(i => new InstrumentListing(new InstrumentId("binance-futures", $"REAL{i}USDT"), null, "USDT", InstrumentStatus.Trading))]);
        await using var collector = await RunningCollector.StartAsync(exchange, nats.Url, storage.ConnectionString);
        await Eventually.TrueAsync(() => bus.Symbols.Count == 4, "they close candles");
        var began = await exchange.TimeAsync();
        await Eventually.TrueAsync(async () => await exchange.TimeAsync() - began > 8 * Timeframe.MinuteMs, "the second list is there");
        Assert.All(await instruments.ListAsync(), row => Assert.Equal(InstrumentStatus.Trading, row.Status));
    }
}
