using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.IntegrationTests.Storage.Candles;
using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Gaps;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.Metrics;
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
        await MetricRows.WriteAsync(storage, Frame(0, 1, double.NaN), Frame(1, 2, 20));
        await MetricRows.WriteAsync(storage, Frame(1, 3, 30), Frame(2, 4, 40));

        var frames = await storage.Get<MetricHistory>().ReadAsync(1, CandleRows.Noon, CandleRows.Noon + 60_000);

        Assert.Equal([CandleRows.Noon, CandleRows.Noon + 60_000], frames.Select(frame => frame.Minute));
        Assert.All(frames, frame => Assert.Equal(Catalogue.Hash, frame.CatalogueHash));
        Assert.Equal([1, double.NaN], frames[0].Numbers);
        Assert.Equal([3, 30], frames[1].Numbers);
    }

    [Fact]
    public async Task Chosen_metrics_are_found_by_name_whatever_catalogue_their_frame_had()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var later = new MetricCatalogue([Catalogue.Metrics[1], new MetricDefinition("ema(9,5m)", "ema", ["9", "5m"], "price", "Mean.", 45), Catalogue.Metrics[0]]);
        foreach (var catalogue in (MetricCatalogue[])[Catalogue, later]) await storage.Get<CatalogueStore>().SaveAsync(catalogue);
        await MetricRows.WriteAsync(storage, Frame(0, 1, 10), Frame(1, 2, 20), Frame(2, 3, double.NaN));
        await MetricRows.WriteAsync(storage, Frame(3, 40, 0.5, 4) with { CatalogueHash = later.Hash }, Frame(4, 5, 50) with { InstrumentId = 2 });

        var points = await storage.Get<MetricHistory>().QueryAsync(
            new MetricQuery(1, ["rsi(14,1h)", "price", "ema(9,5m)"], CandleRows.Noon, CandleRows.Noon + 600_000, Limit: 3));

        Assert.Equal([1, 2, 3], points.Select(point => (point.Minute - CandleRows.Noon) / 60_000));
        Assert.Equal([20, 2, double.NaN], points[0].Values);
        Assert.Equal([double.NaN, 3, double.NaN], points[1].Values);
        Assert.Equal([40, 4, 0.5], points[2].Values);
    }

    [Fact]
    public async Task Hourly_metrics_are_the_last_frame_of_the_hour()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<CatalogueStore>().SaveAsync(Catalogue);
        await MetricRows.WriteAsync(storage, Frame(0, 1, 10), Frame(59, 2, 20), Frame(60, 3, 30));
        await storage.Get<MetricsRollUp>().RunOnceAsync(CandleRows.Noon + (65 * 60_000), CancellationToken.None);

        var query = new MetricQuery(1, ["price"], CandleRows.Noon, CandleRows.Noon + 7_200_000, Limit: 10, Hourly: true);
        var points = await storage.Get<MetricHistory>().QueryAsync(query);

        Assert.Equal((CandleRows.Noon, 2), (points.Single().Minute, points[0].Values[0]));
    }

    [Fact]
    public async Task A_dashboard_reads_metrics_by_name()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.Get<CatalogueStore>().SaveAsync(Catalogue);
        await MetricRows.WriteAsync(storage, Frame(0, 5, 70), Frame(1, 6, double.NaN));
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

    [Fact]
    public async Task A_gap_that_was_repaired_is_not_opened_by_what_its_former_owner_noted_before()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var id = (await storage.Get<InstrumentStore>().ResolveAsync([InstrumentId.Parse("okx-swap:BTC-USDT-SWAP")]))[0];
        var store = storage.Get<GapStore>();
        await store.SaveAsync(id, 60_000, 180_000, GapState.Found, "reconnect", 200_000);
        await store.SaveAsync(id, 60_000, 180_000, GapState.Repaired, "reconnect", 300_000);
        await store.SaveAsync(id, 60_000, 120_000, GapState.Found, "reconnect", 250_000);
        Assert.Equal([new GapRow(id, 60_000, 180_000, GapState.Repaired, "reconnect", 200_000, 300_000)], await store.ListAsync(id, null, 0, 500_000, 10));

        await store.SaveAsync(id, 60_000, 120_000, GapState.Found, "reconnect", 400_000); // found once more
        Assert.Equal([GapState.Found], (await store.ListAsync(id, null, 0, 500_000, 10)).Select(gap => gap.State));
        await store.SaveAsync(id, 60_000, 120_000, GapState.Repaired, "reconnect", 350_000); // by one whose clock is behind
        Assert.Equal([(GapState.Repaired, 400_000L)], (await store.ListAsync(id, null, 0, 500_000, 10)).Select(gap => (gap.State, gap.UpdatedAt)));
    }

    [Fact]
    public async Task A_gap_that_is_open_grows_by_whatever_clock_it_is_noted_and_does_not_shrink()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var id = (await storage.Get<InstrumentStore>().ResolveAsync([InstrumentId.Parse("okx-swap:BTC-USDT-SWAP")]))[0];
        var store = storage.Get<GapStore>();
        await store.SaveAsync(id, 60_000, 60_000, GapState.Found, "reconnect", 300_000);
        await store.SaveAsync(id, 60_000, 180_000, GapState.Found, "reconnect", 200_000); // by one whose clock is behind
        await store.SaveAsync(id, 60_000, 120_000, GapState.Found, "reconnect", 400_000); // by a former owner
        Assert.Equal([new GapRow(id, 60_000, 180_000, GapState.Found, "reconnect", 300_000, 400_000)], await store.ListAsync(id, null, 0, 500_000, 10));
    }

    private static MetricRow Frame(int minute, params double[] numbers) => new(1, CandleRows.Noon + (minute * 60_000), Catalogue.Hash, numbers);
}
