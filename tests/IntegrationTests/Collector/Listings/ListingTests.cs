using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
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
        await using var world = await CollectorWorld.StartAsync(
            servers, name, "--instruments", "4", "--reserve", "1", "--speed", "60", "--leasttrades", "50");
        var (exchange, bus) = (world.Exchange, world.Bus);
        // Not oftener: the list costs Binance's whole weight at one reading a second.
        await using var collector = await world.CollectAsync("--Collector:RefreshSeconds=2", "--Collector:HistoryBars=3");
        await world.CandlesCloseAsync(4);
        var before = (await world.InstrumentsAsync()).Select(i => i.Instrument.Symbol).ToList();
        var gone = before.Order(StringComparer.Ordinal).First();

        await exchange.OrderAsync(new { kind = "list" }, new { kind = "delist", symbol = gone });

        await Eventually.TrueAsync(() => Listings().Count == 2, "the coming and the going are announced");
        var come = Assert.Single(Listings(), l => l.Listed).Symbol;
        Assert.Equal(gone, Assert.Single(Listings(), l => !l.Listed).Symbol);
        Assert.DoesNotContain(come, before);

        await Eventually.TrueAsync(
            async () => bus.ClosedOf(come) is { Count: > 3 } closed
                && (await TruthAsync(come, closed[0].OpenTime, closed[^1].OpenTime)).SequenceEqual(closed.Select(Price)),
            "the newcomer's candles close as they traded, and none is missing");
        var told = bus.ClosedOf(come);
        var first = (await exchange.TruthAsync(come, Minute, 0, told[^1].OpenTime))[0].OpenTime;
        Assert.InRange(told[0].OpenTime, first, first + (60 * Minute.Milliseconds)); // nothing is made up of the time before

        await Eventually.TrueAsync(async () => await world.StatusAsync(gone) == InstrumentStatus.Delisted, "the delisting is noted");
        Assert.Equal(InstrumentStatus.Trading, await world.StatusAsync(come));
        var marked = await exchange.TimeAsync();
        foreach (var partition in new[] { PartitionOf(gone), PartitionOf(come) }.Distinct())
        {
            var left = before.Where(s => s != gone).Append(come).Count(s => PartitionOf(s) == partition);
            await Eventually.TrueAsync(
                () => bus.LastMark(partition) is { Missing.Count: 0 } mark && mark.Minute > marked && mark.Instruments == left,
                "marks go on, miss nothing and are of who is there now");
        }

        await world.NoGapStaysOpenAsync();
        await collector.HistoryAsync(5);

        IReadOnlyList<ListingEvent> Listings() => bus.Said(FeedKinds.Listing, ContractsJson.Default.ListingEvent);

        int PartitionOf(string symbol) => Partitioning.Of(new InstrumentId(name, symbol), Partitioning.DefaultCount);

        async Task<IEnumerable<(long, double, double, double, double, double)>> TruthAsync(string symbol, long from, long through) =>
            (await exchange.TruthAsync(symbol, Minute, from, through)).Select(Price);
    }

    private static (long, double, double, double, double, double) Price(Candle c) => (c.OpenTime, c.Open, c.High, c.Low, c.Close, c.Volume);
}
