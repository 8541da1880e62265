using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.IntegrationTests.Collector.Running;
using CryptoScreener.Storage.Candles;
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
        await using var world = await StartAsync();
        await using (await world.CollectAsync()) await world.CandlesCloseAsync(4);
        var (gone, deselected) = ((await world.InstrumentsAsync())[0], (await world.InstrumentsAsync())[1]);
        var minute = Timeframe.OneMinute.OpenOf(await world.Exchange.TimeAsync()) - (180 * Timeframe.MinuteMs); // further back than is loaded
        foreach (var instrument in new[] { gone, deselected })
            await world.Storage.Get<GapStore>().SaveAsync(instrument.Id, minute, minute, GapState.Found, "test", minute);

        await DelistAsync(world.Exchange, gone);
        await using var collector = await world.CollectAsync($"--Collector:Deny:0={deselected.Instrument.Symbol}");

        await Eventually.TrueAsync(async () => await world.StatusAsync(gone.Instrument.Symbol) == InstrumentStatus.Delisted, "the delisting is noted");
        await world.NoGapStaysOpenAsync();
        Assert.Equal(InstrumentStatus.Trading, await world.StatusAsync(deselected.Instrument.Symbol));
        await Eventually.TrueAsync(() => world.Bus.Said(FeedKinds.Listing, ContractsJson.Default.ListingEvent).Count > 0, "the going is announced");
        var said = Assert.Single(world.Bus.Said(FeedKinds.Listing, ContractsJson.Default.ListingEvent));
        Assert.Equal((gone.Instrument.Symbol, false), (said.Symbol, said.Listed));
    }

    [Fact]
    public async Task What_was_delisted_meanwhile_has_its_candles_to_the_last()
    {
        const string WholeDay = "--Collector:BackfillHours=24";
        await using var world = await StartAsync();
        var began = Timeframe.OneMinute.OpenOf(await world.Exchange.TimeAsync());
        await using (await world.CollectAsync(WholeDay)) await world.CandlesCloseAsync(4);
        var gone = (await world.InstrumentsAsync())[0];
        await DelistAsync(world.Exchange, gone);
        await using var collector = await world.CollectAsync(WholeDay);

        await Eventually.TrueAsync(async () => await world.StatusAsync(gone.Instrument.Symbol) == InstrumentStatus.Delisted, "the delisting is noted");
        var traded = await world.Exchange.TruthAsync(gone.Instrument.Symbol, Timeframe.OneMinute, began, await world.Exchange.TimeAsync());
        var stored = new List<Candle>();
        await world.Storage.Get<CandleReader>().ReadAsync(gone.Id, Timeframe.OneMinute, began, traded[^1].OpenTime, stored);
        Assert.Equal(traded, stored);
    }

    [Fact]
    public async Task What_the_last_mark_called_missing_of_what_was_delisted_then_is_in_the_ledger()
    {
        await using var world = await StartAsync();
        await using (await world.CollectAsync()) await world.CandlesCloseAsync(4);
        var gone = (await world.InstrumentsAsync())[0];
        await DelistAsync(world.Exchange, gone);
        var minute = Timeframe.OneMinute.OpenOf(await world.Exchange.TimeAsync());
        await Eventually.TrueAsync(async () => await world.Exchange.TimeAsync() >= minute + Timeframe.MinuteMs, "a minute has ended without it");
        await world.Exchange.StopTimeAsync();
        await world.Bus.MarkAsync(gone.Instrument, minute); // the last word of an owner that died before the table knew

        await using var successor = await world.CollectAsync();
        await Eventually.TrueAsync(
            async () => (await world.Storage.Get<GapStore>().ListAsync(gone.Id, null, minute, minute, 10)).Exists(gap => gap.From == minute), "the minute is in the ledger");
    }

    [Fact]
    public async Task A_list_that_lacks_most_of_what_is_known_delists_nothing()
    {
        await using var world = await StartAsync();
        await world.Storage.Get<InstrumentStore>().RegisterAsync(
            [.. Enumerable.Range(0, 15).Select(i => new InstrumentListing(new InstrumentId("binance-futures", $"REAL{i}USDT"), null, "USDT", InstrumentStatus.Trading))]);
        await using var collector = await world.CollectAsync();
        await world.CandlesCloseAsync(4);
        var began = await world.Exchange.TimeAsync();
        await Eventually.TrueAsync(async () => await world.Exchange.TimeAsync() - began > 8 * Timeframe.MinuteMs, "the second list is there");
        Assert.All(await world.InstrumentsAsync(), row => Assert.Equal(InstrumentStatus.Trading, row.Status));
    }

    private Task<CollectorWorld> StartAsync() =>
        CollectorWorld.StartAsync(servers, "binance-futures", "--instruments", "4", "--speed", "60", "--leasttrades", "50");

    /// <summary>It ends with the running minute: who reads the list after this does not find it.</summary>
    private static async Task DelistAsync(SimulatedExchange exchange, InstrumentRow instrument)
    {
        await exchange.OrderAsync(new { kind = "delist", symbol = instrument.Instrument.Symbol });
        var end = Timeframe.OneMinute.OpenOf(await exchange.TimeAsync()) + Timeframe.MinuteMs;
        await Eventually.TrueAsync(async () => await exchange.TimeAsync() >= end, "it is traded no more");
    }
}
