using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>
/// Makes the bars of higher timeframes from minutes, where these were noted as changed. Only complete bars are made;
/// their source is the weakest of their minutes', so that a bar that an exchange gave as such is not replaced by ours.
/// Continuous aggregates were rejected: they know neither ranks nor bars from elsewhere, and not every edition has them.
/// </summary>
internal sealed class CandleRollUp(Database database, TimeSpans spans, IReadOnlyList<Timeframe> timeframes)
{
    private const int BatchesAtOnce = 200;
    private const long LockKey = 0x5C2EE9E4;

    /// <returns>How many noted batches were done; zero when there was nothing to do or another worker is doing it.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken stop)
    {
        try
        {
            return await RollUpNotedAsync(stop);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CheckViolation)
        {
            // Another worker's retention has dropped a span that we knew. What was noted is still noted; next time its span is made again.
            foreach (var timeframe in timeframes) spans.Forget(TimeTable.OfCandles(timeframe));
            return await RollUpNotedAsync(stop);
        }
    }

    private Task<int> RollUpNotedAsync(CancellationToken stop) =>
        database.InTransactionAsync("roll_up_candles", async connection =>
        {
            // One at a time: of two at once, the one that read first could write last, and undo a correction.
            await using var mutex = connection.Sql("SELECT pg_try_advisory_xact_lock($1)").With(LockKey);
            if (!(bool)(await mutex.ExecuteScalarAsync(stop))!) return 0;
            var (batches, changes) = await TakeChangesAsync(connection, stop);
            if (changes.Count == 0) return 0;
            foreach (var timeframe in timeframes) await RollUpAsync(connection, timeframe, changes, stop);
            return batches;
        }, stop);

    private static async Task<(int Batches, HashSet<(int InstrumentId, long Time)> Changes)> TakeChangesAsync(
        NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Sql("""
            DELETE FROM candle_changes WHERE id IN (SELECT id FROM candle_changes ORDER BY id LIMIT $1) RETURNING instrument_ids, times
            """).With(BatchesAtOnce);
        var batches = await command.ToListAsync(
            reader => (Ids: reader.GetFieldValue<int[]>(0), Times: reader.GetFieldValue<long[]>(1)), stop);
        return (batches.Count, [.. batches.SelectMany(batch => batch.Ids.Zip(batch.Times, (id, time) => (id, PgTime.ToUnixMs(time))))]);
    }

    private async Task RollUpAsync(
        NpgsqlConnection connection, Timeframe timeframe, HashSet<(int InstrumentId, long Time)> changes, CancellationToken stop)
    {
        var table = TimeTable.OfCandles(timeframe);
        var ranges = BarRanges.Of(changes, timeframe);
        await EnsureSpansAsync(table, ranges, stop);
        await using var command = connection.Sql($"""
            INSERT INTO {table.Name} AS t ({CandleCopy.AllColumns})
            SELECT r.instrument_id, $4, bar, b.*
            FROM unnest($1, $2, $3) AS r (instrument_id, from_time, end_time)
            CROSS JOIN (SELECT $4 * interval '1 minute' AS width) AS w
            CROSS JOIN LATERAL generate_series(from_time, end_time - width, width) AS bar
            -- Its last minute first: most bars that were touched are not over yet. The limit keeps it a look-up for each bar.
            CROSS JOIN LATERAL (
                SELECT FROM candles_minute
                WHERE instrument_id = r.instrument_id AND timeframe = 1 AND open_time = bar + width - interval '1 minute' LIMIT 1) AS over
            CROSS JOIN LATERAL (
                SELECT
                    (array_agg(open ORDER BY open_time))[1], max(high), min(low), (array_agg(close ORDER BY open_time DESC))[1],
                    sum(volume ORDER BY open_time), sum(quote_volume ORDER BY open_time),
                    CASE WHEN count(taker_buy_volume) = count(*) THEN sum(taker_buy_volume ORDER BY open_time) END,
                    CASE WHEN count(taker_buy_quote_volume) = count(*) THEN sum(taker_buy_quote_volume ORDER BY open_time) END,
                    CASE WHEN count(trades) = count(*) THEN sum(trades)::bigint END,
                    (array_agg(source ORDER BY candle_source_rank(source)))[1]
                FROM candles_minute
                WHERE instrument_id = r.instrument_id AND timeframe = 1 AND open_time >= bar AND open_time < bar + width
                HAVING count(*) = $4) AS b
            ORDER BY r.instrument_id, bar
            {CandleCopy.OnConflict}
            """)
            .With(ranges.Select(range => range.InstrumentId).ToArray())
            .With(Times(ranges.Select(range => range.From)), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .With(Times(ranges.Select(range => range.End)), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .With((short)timeframe.Minutes);
        await command.ExecuteNonQueryAsync(stop);
    }

    // On a connection beside the transaction's. Writers must not do so, as many of them could wait for each other; of this one runs at a time.
    private async Task EnsureSpansAsync(TimeTable table, List<(int InstrumentId, long From, long End)> ranges, CancellationToken stop)
    {
        var missing = new HashSet<long>();
        foreach (var (_, from, end) in ranges)
        {
            for (var start = table.SpanStartOf(from); start < end; start += table.WidthMs)
                if (!spans.IsKnown(table, start)) missing.Add(start);
        }

        if (missing.Count > 0) await spans.EnsureAsync(table, missing, stop);
    }

    private static long[] Times(IEnumerable<long> unixMs) => [.. unixMs.Select(PgTime.FromUnixMs)];
}
