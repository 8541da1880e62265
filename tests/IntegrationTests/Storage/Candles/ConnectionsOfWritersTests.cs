using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.TimeTables;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Storage.Candles;

/// <summary>One connection is all that a write gets: whoever needs a second one while it holds the first waits in vain.</summary>
public sealed class ConnectionsOfWritersTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly CandleRow[] Candles = [CandleRows.Row(1, 0), CandleRows.Row(1, 2 * 1_440), CandleRows.Row(1, 0) with { Timeframe = new Timeframe(15) }];

    [Fact]
    public async Task Candles_of_days_that_nobody_wrote_before_are_written_over_one_connection()
    {
        await using var storage = await SmallAsync();
        await using var other = await LockedTable.ReadAsync(storage, "instruments");
        await storage.Get<CandleWriter>().WriteAsync(Candles);
        await AssertRowsAsync("candles", Candles.Length, storage.ConnectionString);
    }

    [Fact]
    public async Task Candles_and_frames_with_a_readers_position_are_written_over_one_connection()
    {
        await using var storage = await SmallAsync();
        await storage.ExecuteAsync("INSERT INTO catalogues (hash, document) VALUES (7, '{}')");
        var lease = new PartitionLease("test", 0, 1);
        var checkpoints = storage.Get<CheckpointStore>();
        await checkpoints.AdoptAsync("test", lease);
        MetricRow[] frames = [new(1, CandleRows.Noon, 7, [1])];
        await using var other = await LockedTable.ReadAsync(storage, "instruments");

        await storage.Get<CandleWriter>().PrepareAsync(Candles);
        await storage.Get<MetricHistory>().PrepareAsync(frames);
        await checkpoints.CommitAsync("test", lease, default, async (transaction, stop) =>
        {
            await storage.Get<CandleWriter>().WriteAsync(transaction, Candles, stop);
            await storage.Get<MetricHistory>().WriteAsync(transaction, frames, stop);
        });
        await AssertRowsAsync("candles", Candles.Length, storage.ConnectionString);
        await AssertRowsAsync("metrics", frames.Length, storage.ConnectionString);
    }

    [Fact]
    public async Task Those_who_wait_for_a_day_to_be_made_leave_a_connection_to_others()
    {
        await using var storage = await SmallAsync();
        await using var maker = NpgsqlDataSource.Create(storage.ConnectionString);
        await using var elsewhere = await maker.OpenConnectionAsync();
        await using var hold = new NpgsqlCommand($"SELECT pg_advisory_lock({TimeSpans.LockKey})", elsewhere);
        await hold.ExecuteNonQueryAsync();

        var writes = Enumerable.Range(0, 5).Select(_ => storage.Get<CandleWriter>().WriteAsync(Candles)).ToList();
        await using var waiting = new NpgsqlCommand("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted", elsewhere);
        await Eventually.TrueAsync(async () => await waiting.ExecuteScalarAsync() is > 0L, "somebody waits");
        for (var i = 0; i < 5; i++) await storage.ExecuteAsync("SELECT 1");
        Assert.DoesNotContain(writes, write => write.IsCompleted);

        await using var release = new NpgsqlCommand($"SELECT pg_advisory_unlock({TimeSpans.LockKey})", elsewhere);
        await release.ExecuteNonQueryAsync();
        await Task.WhenAll(writes);
        await AssertRowsAsync("candles", Candles.Length, storage.ConnectionString);
    }

    /// <summary>A pool of two, of which the test takes one.</summary>
    private async Task<TestStorage> SmallAsync()
    {
        var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("MaxPoolSize", "2"));
        await storage.ExecuteAsync("SELECT 1");
        return storage;
    }

    private static async Task AssertRowsAsync(string table, int count, string connectionString)
    {
        await using var storage = new TestStorage(connectionString);
        Assert.Equal(count, await storage.ScalarAsync<long>($"SELECT count(*) FROM {table}"));
    }
}
