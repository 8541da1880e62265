using System.Diagnostics.CodeAnalysis;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Storage.Candles;

[SuppressMessage("Security", "CA5394", Justification = "Test data; the seed is printed.")]
public sealed class CandleWriterTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    private const int Rounds = 60;

    [Fact]
    public async Task Writing_the_same_rows_again_changes_nothing()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        CandleRow[] rows = [CandleRows.Row(1, 0), CandleRows.Row(1, 1), CandleRows.Row(2, 0)];
        await storage.Get<CandleWriter>().WriteAsync(rows);
        var versions = await VersionsAsync(storage);

        await storage.Get<CandleWriter>().WriteAsync(rows);

        Assert.Equal(versions, await VersionsAsync(storage)); // not even rewritten
    }

    [Fact]
    public async Task The_database_ranks_sources_as_the_program_does()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        foreach (var source in CandleRows.Sources)
            Assert.Equal(source.Rank(), await storage.ScalarAsync<int>($"SELECT candle_source_rank({(int)source}::smallint)"));
    }

    [Theory]
    [InlineData(CandleSource.Exchange, CandleSource.Audit, true)]
    [InlineData(CandleSource.Exchange, CandleSource.Backfill, true)]
    [InlineData(CandleSource.Synthetic, CandleSource.Exchange, true)]
    [InlineData(CandleSource.Exchange, CandleSource.Exchange, true)] // the fuller one: it has the higher close
    [InlineData(CandleSource.Exchange, CandleSource.Successor, false)]
    [InlineData(CandleSource.Audit, CandleSource.Backfill, false)]
    [InlineData(CandleSource.Exchange, CandleSource.Synthetic, false)]
    public async Task A_correction_counts_when_its_source_is_at_least_as_good(CandleSource first, CandleSource second, bool counts)
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var writer = storage.Get<CandleWriter>();
        await writer.WriteAsync(new[] { CandleRows.Row(1, 0, 101, first) });

        await writer.WriteAsync(new[] { CandleRows.Row(1, 0, 102, second), CandleRows.Row(1, 1, 103) });

        var candles = await ReadAsync(storage, 1, Timeframe.OneMinute);
        Assert.Equal([counts ? 102 : 101, 103], candles.Select(candle => candle.Close));
    }

    [Fact]
    public async Task Random_batches_leave_what_writing_row_by_row_would_leave()
    {
        var random = Seeded.Random(output);
        await using var storage = await TestStorage.CreateAsync(servers);
        var model = new Dictionary<(int, Timeframe, long), CandleRow>();
        for (var round = 0; round < Rounds; round++)
        {
            var batch = Enumerable.Range(0, random.Next(1, 12)).Select(_ => CandleRows.RandomRow(random)).ToArray();
            await storage.Get<CandleWriter>().WriteAsync(batch);
            foreach (var row in batch)
            {
                var key = (row.InstrumentId, row.Timeframe, row.Candle.OpenTime);
                var counts = !model.TryGetValue(key, out var known) || (row.Timeframe == Timeframe.OneMinute
                    ? CandlePrecedence.Outranks(row.Candle, row.Source, known.Candle, known.Source)
                    : row.Source.Rank() >= known.Source.Rank());
                if (counts) model[key] = row;
            }

            foreach (var bars in model.Values.GroupBy(row => (row.InstrumentId, row.Timeframe)))
            {
                Assert.Equal(
                    bars.Select(row => row.Candle).OrderBy(candle => candle.OpenTime),
                    await ReadAsync(storage, bars.Key.InstrumentId, bars.Key.Timeframe));
            }
        }
    }

    [Fact]
    public async Task Minutes_are_the_same_in_whatever_order_and_batches_their_candles_come()
    {
        var random = Seeded.Random(output);
        await using var storage = await TestStorage.CreateAsync(servers);
        var writer = storage.Get<CandleWriter>();
        var rows = Enumerable.Range(0, 300).Select(_ => CandleRows.RandomRow(random)).Where(row => row.Timeframe == Timeframe.OneMinute).ToArray();
        for (var instrument = 1; instrument <= 3; instrument++)
        {
            var id = instrument;
            foreach (var batch in rows.OrderBy(_ => random.Next()).Select(row => row with { InstrumentId = id }).Chunk(random.Next(1, 40)))
                await writer.WriteAsync(batch);
        }

        var first = await ReadAsync(storage, 1, Timeframe.OneMinute);
        Assert.Equal(4, first.Count);
        Assert.Equal(first, await ReadAsync(storage, 2, Timeframe.OneMinute));
        Assert.Equal(first, await ReadAsync(storage, 3, Timeframe.OneMinute));
    }

    [Fact]
    public async Task Writers_of_the_same_keys_in_any_order_never_block_each_other_for_good()
    {
        var random = Seeded.Random(output);
        await using var storage = await TestStorage.CreateAsync(servers);
        var rows = Enumerable.Range(0, 200).SelectMany(minute => new[] { CandleRows.Row(1, minute), CandleRows.Row(2, minute) }).ToArray();
        var orders = Enumerable.Range(0, 6).Select(_ => rows.OrderBy(_ => random.Next()).ToArray()).ToList();

        await Task.WhenAll(orders.Select(order => storage.Get<CandleWriter>().WriteAsync(order)));

        Assert.Equal(rows.Length, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"));
    }

    [Fact]
    public async Task Rows_go_to_partitions_that_are_made_when_first_needed()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync(), ("TimeSeries", "Native"));
        var candle = CandleRows.Row(1, 0).Candle;
        CandleRow[] rows =
        [
            new(1, Timeframe.OneMinute, candle, CandleSource.Backfill),
            new(1, Timeframe.OneMinute, candle with { OpenTime = candle.OpenTime - (86_400_000L * 400) }, CandleSource.Backfill),
            new(1, new Timeframe(5), candle, CandleSource.Backfill),
            new(1, Timeframe.OneDay, candle with { OpenTime = Timeframe.OneDay.OpenOf(candle.OpenTime) }, CandleSource.Backfill),
        ];

        await storage.Get<CandleWriter>().WriteAsync(rows);

        var partitions = await storage.ScalarAsync<string[]>("SELECT array_agg(DISTINCT tableoid::regclass::text ORDER BY tableoid::regclass::text) FROM candles_minute");
        Assert.Equal(["candles_minute_p20251016", "candles_minute_p20261120"], partitions);
        Assert.Equal(4, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
    }

    [Fact]
    public async Task Candles_of_a_former_owner_are_not_written()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        var writer = storage.Get<CandleWriter>();
        var lease = new PartitionLease("calculator", 0, 1);
        await checkpoints.AdoptAsync("history", lease);
        await checkpoints.CommitAsync("history", lease, new Checkpoint(1, 0), (t, stop) => writer.WriteAsync(t, new[] { CandleRows.Row(1, 0) }, stop));
        await checkpoints.AdoptAsync("history", lease with { Epoch = 2 });

        await Assert.ThrowsAsync<LeaseLostException>(() => checkpoints.CommitAsync(
            "history", lease, new Checkpoint(2, 0), (t, stop) => writer.WriteAsync(t, new[] { CandleRows.Row(1, 1) }, stop)));

        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM candles"));
    }

    private static Task<string[]> VersionsAsync(TestStorage storage) =>
        storage.ScalarAsync<string[]>("SELECT array_agg(xmin::text || ' ' || ctid::text ORDER BY instrument_id, open_time) FROM candles_minute");

    private static async Task<List<Candle>> ReadAsync(TestStorage storage, int instrument, Timeframe timeframe)
    {
        var candles = new List<Candle>();
        await storage.Get<CandleReader>().ReadAsync(instrument, timeframe, 1, long.MaxValue / 2_000, candles);
        return candles;
    }
}
