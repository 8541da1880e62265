using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>
/// Keeps the last frame of each hour, under the hour's start: metrics are states, their mean would be no metric. Each hour is done
/// soon after its end, and once more a day later: frames that waited for an outage to end came after the first time.
/// </summary>
internal sealed class MetricsRollUp(Database database, TimeSpans spans)
{
    private const int HoursAtOnce = 24;
    private static readonly Timeframe Hour = new(60);

    private static readonly (string Reader, TimeSpan Grace)[] Rounds = [("metrics_hourly", TimeSpan.FromMinutes(5)), ("metrics_hourly_again", TimeSpan.FromDays(1))];

    /// <returns>How many hours were done.</returns>
    internal async Task<int> RunOnceAsync(long now, CancellationToken stop)
    {
        var all = 0;
        foreach (var (reader, grace) in Rounds)
        {
            var done = 0;
            for (; done < HoursAtOnce && await RollUpNextHourAsync(reader, now - (long)grace.TotalMilliseconds, stop); done++) ;
            all += done;
        }

        return all;
    }

    private async Task<bool> RollUpNextHourAsync(string round, long until, CancellationToken stop)
    {
        var next = await NextHourAsync(round, stop);
        if (next is not { } hour || hour + Hour.Milliseconds > until) return false;
        await spans.EnsureAsync(TimeTable.MetricsHourly, [TimeTable.MetricsHourly.SpanStartOf(hour)], stop);
        await database.InTransactionAsync("roll_up_metrics", async connection =>
        {
            await using var insert = connection.Sql("""
                INSERT INTO metrics_hourly (instrument_id, minute, catalogue_hash, numbers)
                SELECT DISTINCT ON (instrument_id) instrument_id, $1, catalogue_hash, numbers FROM metrics
                WHERE minute >= $1 AND minute < $1 + interval '1 hour'
                ORDER BY instrument_id, minute DESC
                ON CONFLICT (instrument_id, minute) DO UPDATE SET catalogue_hash = excluded.catalogue_hash, numbers = excluded.numbers
                """).WithTime(hour);
            await insert.ExecuteNonQueryAsync(stop);
            await using var move = connection.Sql("""
                INSERT INTO checkpoints (reader, partition, epoch, sequence, stream_epoch) VALUES ($1, 0, 0, $2, 0)
                ON CONFLICT (reader, partition) DO UPDATE SET sequence = excluded.sequence, updated_at = now()
                """).With(round).With(hour);
            return await move.ExecuteNonQueryAsync(stop);
        }, stop);
        return true;
    }

    // After the last one done, but where there are frames: hours without any are passed over.
    private Task<long?> NextHourAsync(string round, CancellationToken stop) =>
        database.RunAsync<long?>("next_metrics_hour", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT min(minute) FROM metrics
                WHERE minute >= coalesce(
                    (SELECT to_timestamp(sequence / 1000) + interval '1 hour' FROM checkpoints WHERE reader = $1 AND partition = 0), '-infinity')
                """).With(round);
            await using var reader = await command.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            return reader.IsDBNull(0) ? null : Hour.OpenOf(reader.GetUnixMs(0));
        }, stop);
}
