using CryptoScreener.IntegrationTests.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.TimeTables;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Storage.Maintenance;

public sealed class MaintenanceTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Several_workers_may_do_the_maintenance_at_once()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await using var other = new TestStorage(storage.ConnectionString);
        TestStorage[] workers = [storage, other, storage, other];
        await Task.WhenAll(workers.Select(worker => worker.Get<MaintenanceService>().RunOnceAsync(CancellationToken.None)));

        // Today's and the next two spans of each table, where the tables are native.
        var spans = await storage.ScalarAsync<long>("SELECT count(*) FROM pg_inherits WHERE inhparent = 'candles_minute'::regclass");
        Assert.Equal(await IsTimescaleAsync(storage) ? 0 : 3, spans);
    }

    [Fact]
    public async Task The_last_frame_of_each_closed_hour_is_kept()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.ExecuteAsync("""
            INSERT INTO catalogues (hash, document) VALUES (7, '{}');
            """);
        await storage.Get<TimeSpans>().EnsureAsync(TimeTable.Metrics, [TimeTable.Metrics.SpanStartOf(CandleRows.Noon)], CancellationToken.None);
        await storage.ExecuteAsync("""
            INSERT INTO metrics (instrument_id, minute, catalogue_hash, numbers)
            SELECT i, timestamptz '2026-11-20 12:00Z' + m * interval '1 minute', 7, ARRAY[i * 1000 + m]
            FROM generate_series(1, 2) AS i, generate_series(0, 250) AS m WHERE m NOT BETWEEN 60 AND 119
            """);
        var afterFourteenHours = CandleRows.Noon + (150 * 60_000);
        Assert.Equal(1, await storage.Get<MetricsRollUp>().RunOnceAsync(afterFourteenHours, CancellationToken.None));
        Assert.Equal(2, await storage.Get<MetricsRollUp>().RunOnceAsync(CandleRows.Noon + (300 * 60_000), CancellationToken.None));
        Assert.Equal(0, await storage.Get<MetricsRollUp>().RunOnceAsync(CandleRows.Noon + (300 * 60_000), CancellationToken.None));

        Assert.Equal(
            ["12 1059", "12 2059", "14 1179", "14 2179", "15 1239", "15 2239"],
            await storage.ScalarAsync<string[]>("""
                SELECT array_agg(extract(hour FROM minute AT TIME ZONE 'UTC') || ' ' || numbers[1] ORDER BY minute, instrument_id) FROM metrics_hourly
                """));
    }

    [Fact]
    public async Task Frames_that_came_after_their_hour_was_done_are_kept_a_day_later()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        await storage.ExecuteAsync("INSERT INTO catalogues (hash, document) VALUES (7, '{}')");
        await storage.Get<TimeSpans>().EnsureAsync(TimeTable.Metrics, [TimeTable.Metrics.SpanStartOf(CandleRows.Noon)], CancellationToken.None);
        await AddAsync(50);
        Assert.Equal(1, await storage.Get<MetricsRollUp>().RunOnceAsync(CandleRows.Noon + (70 * 60_000), CancellationToken.None));
        await AddAsync(59);
        Assert.Equal(1, await storage.Get<MetricsRollUp>().RunOnceAsync(CandleRows.Noon + (26 * 60 * 60_000), CancellationToken.None));
        Assert.Equal(59, await storage.ScalarAsync<double>("SELECT numbers[1] FROM metrics_hourly"));

        Task AddAsync(int minute) => storage.ExecuteAsync(
            $"INSERT INTO metrics (instrument_id, minute, catalogue_hash, numbers) VALUES (1, timestamptz '2026-11-20 12:00Z' + {minute} * interval '1 minute', 7, ARRAY[{minute}])");
    }

    [Fact]
    public async Task A_database_that_nears_its_budget_is_told_once()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var logger = new LogTexts<DiskBudget>();
        var size = await storage.ScalarAsync<long>("SELECT pg_database_size(current_database())");
        Assert.InRange(size, 1, 800_000_000); // far from the one gigabyte below
        var roomy = new DiskBudget(storage.Get<Database>(), storage.Get<StorageMetrics>(), 1, logger);
        await roomy.CheckAsync(CancellationToken.None);
        Assert.Equal(0, logger.Warnings);

        var tight = new DiskBudget(storage.Get<Database>(), storage.Get<StorageMetrics>(), 1, logger, bytesPerGigabyte: size);
        for (var i = 0; i < 2; i++) await tight.CheckAsync(CancellationToken.None);
        Assert.Equal(1, logger.Warnings);
    }

    [Fact]
    public async Task Compression_is_left_out_where_the_server_has_none_and_its_statements_are_understood_where_timescale_is()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        Assert.False(await storage.Get<Compression>().EnsureAsync(CancellationToken.None));
        if (!await IsTimescaleAsync(storage)) return;

        // The Apache edition reads the statements and says that it lacks the feature.
        foreach (var table in TimeTable.All)
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => storage.ExecuteAsync(Compression.Statement(table)));
            Assert.Equal(PostgresErrorCodes.FeatureNotSupported, error.SqlState);
        }
    }

    [Fact]
    public async Task Tables_by_time_are_what_the_server_offers()
    {
        await using var automatic = await TestStorage.CreateAsync(servers);
        await using var native = new TestStorage(await servers.CreateDatabaseAsync(), ("TimeSeries", "Native"));
        const string Partitioned = "SELECT count(*) FROM pg_class WHERE relkind = 'p'";
        Assert.Equal(TimeTable.All.Count, await native.ScalarAsync<long>(Partitioned));
        Assert.Equal(await IsTimescaleAsync(automatic) ? 0 : TimeTable.All.Count, await automatic.ScalarAsync<long>(Partitioned));
    }

    private static Task<bool> IsTimescaleAsync(TestStorage storage) =>
        storage.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')");
}
