using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Storage.Candles;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Records;

public sealed class MetricHistoryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly MetricCatalogue Catalogue = new(
    [
        new MetricDefinition("price", "price", [], "price", "Last price.", 0),
        new MetricDefinition("rsi(14,1h)", "rsi", ["14", "1h"], "score", "Relative strength.", 900),
    ]);

    [Fact]
    public async Task Frames_come_back_as_written_and_a_recalculated_one_replaces_the_former()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await WriteAsync(storage, Frame(0, 1, double.NaN), Frame(1, 2, 20));
        await WriteAsync(storage, Frame(1, 3, 30), Frame(2, 4, 40));

        var frames = await storage.Get<MetricHistory>().ReadAsync(1, CandleRows.Noon, CandleRows.Noon + 60_000);

        Assert.Equal([CandleRows.Noon, CandleRows.Noon + 60_000], frames.Select(frame => frame.Minute));
        Assert.All(frames, frame => Assert.Equal(Catalogue.Hash, frame.CatalogueHash));
        Assert.Equal([1, double.NaN], frames[0].Numbers);
        Assert.Equal([3, 30], frames[1].Numbers);
    }

    [Fact]
    public async Task A_dashboard_reads_metrics_by_name()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<CatalogueStore>().SaveAsync(Catalogue);
        await WriteAsync(storage, Frame(0, 5, 70), Frame(1, 6, double.NaN));
        const string Rsi = "SELECT array_agg(metric(catalogue_hash, numbers, 'rsi(14,1h)') ORDER BY minute) FROM metrics";
        Assert.Equal([70d, null], await storage.ScalarAsync<double?[]>(Rsi));
    }

    [Fact]
    public async Task A_catalogue_is_found_by_its_hash()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var store = storage.Get<CatalogueStore>();
        for (var i = 0; i < 2; i++) await store.SaveAsync(Catalogue);
        var found = await store.FindAsync(Catalogue.Hash);
        Assert.Equal(Catalogue.Hash, found!.Hash);
        Assert.Equal(1, found.ColumnOf("rsi(14,1h)"));
        Assert.Null(await store.FindAsync(1));
    }

    [Fact]
    public async Task A_gap_is_noted_once_and_its_outcome_replaces_it()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var id = (await storage.Get<InstrumentStore>().ResolveAsync([InstrumentId.Parse("okx-swap:BTC-USDT-SWAP")]))[0];
        var store = storage.Get<GapStore>();
        await store.SaveAsync(id, 60_000, 180_000, GapState.Found, "reconnect", 200_000);
        await store.SaveAsync(id, 600_000, 660_000, GapState.Found, "reconnect", 700_000);
        await store.SaveAsync(id, 60_000, 180_000, GapState.Repaired, "backfilled", 300_000);

        Assert.Equal(
            [new GapRow(id, 60_000, 180_000, GapState.Repaired, "backfilled", 200_000, 300_000)],
            await store.ListAsync(id, null, 0, 500_000, 10));
        Assert.Equal([600_000L], (await store.ListAsync(null, GapState.Found, 0, 1_000_000, 10)).Select(gap => gap.From));
    }

    private static MetricRow Frame(int minute, params double[] numbers) => new(1, CandleRows.Noon + (minute * 60_000), Catalogue.Hash, numbers);

    private static async Task WriteAsync(TestStorage storage, params MetricRow[] rows)
    {
        var checkpoints = storage.Get<CheckpointStore>();
        var lease = new PartitionLease("calculator", 0, 1);
        await checkpoints.AdoptAsync("history", lease);
        await checkpoints.CommitAsync("history", lease, default, (transaction, stop) => storage.Get<MetricHistory>().WriteAsync(transaction, rows, stop));
    }
}
