using CryptoScreener.Contracts.Bus;
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

public sealed class ListingTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly Timeframe Minute = Timeframe.OneMinute;

    [Theory]
    [InlineData("binance-futures")]
    [InlineData("okx-swap")]
    public async Task What_is_listed_while_we_run_is_followed_and_what_is_delisted_is_waited_for_no_more(string name)
    {
        await using var exchange = await SimulatedExchange.StartAsync(name, "--instruments", "4", "--reserve", "1", "--speed", "60", "--leasttrades", "50");
        await using var nats = await LocalNats.StartAsync();
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var collector = await RunningCollector.StartAsync(
            exchange, nats.Url, storage.ConnectionString, "--Collector:RefreshSeconds=1", "--Collector:HistoryBars=3");
        await using var bus = await BusFollower.StartAsync(nats);
        var instruments = storage.Get<InstrumentStore>();
        await Eventually.TrueAsync(async () => (await instruments.ListAsync()).Count == 4, "all are registered");
        var before = (await instruments.ListAsync()).Select(i => i.Instrument.Symbol).ToList();
        var gone = before.Order(StringComparer.Ordinal).First();
        await Eventually.TrueAsync(() => bus.ClosedOf(gone).Count > 2, "it closes candles");

        await exchange.OrderAsync(new { kind = "list" }, new { kind = "delist", symbol = gone });

        await Eventually.TrueAsync(() => Listings().Count == 2, "the coming and the going are announced");
        var come = Assert.Single(Listings(), l => l.Listed).Symbol;
        Assert.Equal(gone, Assert.Single(Listings(), l => !l.Listed).Symbol);
        Assert.DoesNotContain(come, before);

        await Eventually.TrueAsync(() => bus.ClosedOf(come).Count > 3, "the newcomer closes candles");
        var told = bus.ClosedOf(come);
        Assert.Equal(await TruthAsync(come, told[0].OpenTime, told[^1].OpenTime), told.Select(Price));
        var first = (await exchange.TruthAsync(come, Minute, 0, told[^1].OpenTime))[0].OpenTime;
        Assert.InRange(told[0].OpenTime, first, first + (60 * Minute.Milliseconds)); // nothing is made up of the time before

        await Eventually.TrueAsync(async () => await StatusAsync(gone) == InstrumentStatus.Delisted, "the delisting is noted");
        Assert.Equal(InstrumentStatus.Trading, await StatusAsync(come));
        var marked = await exchange.TimeAsync();
        foreach (var partition in new[] { PartitionOf(gone), PartitionOf(come) }.Distinct())
        {
            await Eventually.TrueAsync(() => bus.LastMark(partition) is { Missing.Count: 0 } mark && mark.Minute > marked, "marks go on and miss nothing");
            Assert.Equal(before.Where(s => s != gone).Append(come).Count(s => PartitionOf(s) == partition), bus.LastMark(partition)!.Instruments);
        }

        Assert.Empty(await storage.Get<GapStore>().ListAsync(null, GapState.Found, 0, long.MaxValue / 2, 10));
        await collector.HistoryAsync(5);

        IReadOnlyList<ListingEvent> Listings() => bus.Said(FeedKinds.Listing, ContractsJson.Default.ListingEvent);

        int PartitionOf(string symbol) => Partitioning.Of(new InstrumentId(name, symbol), Partitioning.DefaultCount);

        async Task<InstrumentStatus> StatusAsync(string symbol) => (await instruments.ListAsync()).Single(i => i.Instrument.Symbol == symbol).Status;

        async Task<IEnumerable<(long, double, double, double, double, double)>> TruthAsync(string symbol, long from, long through) =>
            (await exchange.TruthAsync(symbol, Minute, from, through)).Select(Price);
    }

    private static (long, double, double, double, double, double) Price(Candle c) => (c.OpenTime, c.Open, c.High, c.Low, c.Close, c.Volume);
}
