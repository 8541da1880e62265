using System.Globalization;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.LocalServers;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Ownership;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace CryptoScreener.Benchmarks.Storage;

/// <summary><c>Benchmarks storage [minutes]</c>: candles into a private PostgreSQL that syncs its commits, and out of it again.</summary>
internal static class StorageBench
{
    /// <summary>10 M rows: the size that the goal of the candle query names.</summary>
    internal const int DefaultMinutes = 10_000;

    private const int Instruments = 1_000;
    private const int Batches = 200;
    private const int QueryRows = 1_000;
    private const int Queried = 100;
    private static readonly long Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <param name="minutes">How much history of all instruments the queries run on; at least what one of them reads.</param>
    internal static async Task RunAsync(int minutes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, QueryRows);
        await using var postgres = await LocalPostgres.StartAsync(new LocalPostgresOptions { Durable = true });
        await using var services = BenchStorage.On(await postgres.CreateDatabaseAsync("bench"));
        var report = new BenchReport("storage");
        await InsertAsync(services, report);
        await FillAsync(services, minutes);
        await QueryAsync(services, minutes, report);
        await WarmUpAsync(services, minutes);
    }

    // Raw and ours take turns, so that whatever else the machine does hits both.
    private static async Task InsertAsync(ServiceProvider services, BenchReport report)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var writer = services.GetRequiredService<CandleWriter>();
        var checkpoints = services.GetRequiredService<CheckpointStore>();
        var lease = new PartitionLease("bench", 0, 1);
        await checkpoints.AdoptAsync("bench", lease);
        await using (var make = source.CreateCommand("CREATE TABLE raw_candles (LIKE candles_minute INCLUDING ALL)")) await make.ExecuteNonQueryAsync();
        Timings raw = new("insert of 1,000 candles, raw COPY"), ours = new("insert of 1,000 candles, with checkpoint");
        Timings again = new("the same rows again (all conflict)");
        for (var minute = 0; minute < Batches; minute++)
        {
            var rows = Rows(minute);
            await raw.MeasureAsync(() => CopyAsync(source, rows));
            var checkpoint = new Checkpoint(minute, 0);
            await ours.MeasureAsync(async () =>
            {
                await writer.PrepareAsync(rows);
                await checkpoints.CommitAsync("bench", lease, checkpoint, (transaction, stop) => writer.WriteAsync(transaction, rows, stop));
            });
            if (minute % 10 == 0) await again.MeasureAsync(() => writer.WriteAsync(rows));
        }

        again.Report("");
        report.Add(new Measured("insert by raw COPY, p95", "1,000 candles", raw.P95, "ms"));
        report.Add(Numbers.Insert.Of("with checkpoint", ours.P95, new("raw COPY", raw.P95)));
        report.Add(new Measured("insert with checkpoint, rate", "1,000 candles", 1_000_000 / ours.Median, "/s"));
        report.Add(Numbers.InsertShare.Of("with checkpoint", 100 * raw.Median / ours.Median));
    }

    private static async Task CopyAsync(NpgsqlDataSource source, CandleRow[] rows)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var importer = await connection.BeginBinaryImportAsync($"COPY raw_candles ({CandleCopy.AllColumns}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await importer.StartRowAsync();
            await CandleCopy.Instance.WriteAsync(importer, row, CancellationToken.None);
        }

        await importer.CompleteAsync();
    }

    private static async Task FillAsync(ServiceProvider services, int minutes)
    {
        var fill = new Timings($"fill of {minutes} minutes of {Instruments} instruments");
        await fill.MeasureAsync(async () =>
        {
            for (var minute = Batches; minute < minutes; minute++) await services.GetRequiredService<CandleWriter>().WriteAsync(Rows(minute));
        });
        fill.Report("");
    }

    private static async Task QueryAsync(ServiceProvider services, int minutes, BenchReport report)
    {
        // Where rows come by and by, the server has counted them long since; here it would begin now, beside the queries.
        await using (var settle = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("VACUUM (ANALYZE)"))
        {
            settle.CommandTimeout = 0;
            await settle.ExecuteNonQueryAsync();
        }

        var reader = services.GetRequiredService<CandleReader>();
        var candles = new List<Candle>();
        var through = Start + ((minutes - 1L) * Timeframe.MinuteMs);
        Timings first = new("query of 1,000 candles of one instrument, its first"), warm = new("query of 1,000 candles of one instrument, warm");
        for (var i = 0; i < 2 * Batches; i++)
        {
            candles.Clear();
            var timings = i < Queried ? first : warm;
            await timings.MeasureAsync(() => reader.ReadLastAsync(1 + (i % Queried * 7), Timeframe.OneMinute, through, QueryRows, candles));
        }

        if (candles.Count != QueryRows) throw new InvalidOperationException($"the query gave {candles.Count} rows instead of {QueryRows}");
        first.Report("", $"{candles.Count} rows");
        warm.Report("", $"{candles.Count} rows");
        var table = string.Create(CultureInfo.InvariantCulture, $"{candles.Count:N0} of {(long)minutes * Instruments / 1e6:0.#} M rows");
        report.Add(new Measured("query of 1,000 candles nobody has read since they were written, p95", table, first.P95, "ms"));
        report.Add(Numbers.Query.Of(table, warm.P95));
    }

    private static async Task WarmUpAsync(ServiceProvider services, int minutes)
    {
        var read = 0;
        var warmUp = new Timings("bulk read of the last day, 800 instruments");
        await warmUp.MeasureAsync(() => services.GetRequiredService<CandleReader>().ReadManyAsync(
            [.. Enumerable.Range(1, 800)], Timeframe.OneMinute, Start + (Math.Max(0, minutes - 1_440) * Timeframe.MinuteMs),
            (int id, in Candle candle, CandleSource source) => read++));
        warmUp.Report("goal 5 s for a whole warm-up", $"{read} rows");
    }

    private static CandleRow[] Rows(int minute) =>
    [
        .. Enumerable.Range(1, Instruments).Select(id => new CandleRow(
            id,
            Timeframe.OneMinute,
            new Candle(Start + (minute * Timeframe.MinuteMs), 100 + id, 101 + id, 99 + id, 100.5 + id, minute, minute * 100.25, minute, 5.5, 550.5),
            CandleSource.Exchange)),
    ];
}
