using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>Removes what is older than it is kept: whole spans of tables by time, rows of the others in small batches.</summary>
internal sealed partial class Retention(Database database, TimeSpans spans, RetentionOptions options, ILogger<Retention> logger)
{
    private const int RowsAtOnce = 5_000;
    private const int DemandDays = 30; // a rule that is switched off for a holiday finds its metric warm

    internal async Task RunAsync(DateTimeOffset now, CancellationToken stop)
    {
        await DropSpansAsync(TimeTable.CandlesMinute, now.AddDays(-options.MinuteCandles), stop);
        await DropSpansAsync(TimeTable.CandlesShort, now.AddDays(-options.ShortCandles), stop);
        await DropSpansAsync(TimeTable.CandlesLong, now.AddDays(-options.LongCandles), stop);
        await DropSpansAsync(TimeTable.Metrics, now.AddDays(-options.Metrics), stop);
        await DropSpansAsync(TimeTable.MetricsHourly, now.AddDays(-options.HourlyMetrics), stop);
        await DeleteRowsAsync("alerts", "event_time", now.AddDays(-options.Alerts), stop);
        await DeleteRowsAsync("silences", "ends_at", now.AddDays(-options.Alerts), stop); // alerts tell of the silence that held them back
        await DeleteRowsAsync("attempts", "at", now.AddDays(-options.DeliveryAttempts), stop);
        await DeleteRowsAsync("deliveries", "created_at", now.AddDays(-options.DeliveryAttempts), stop, "AND alert_id IS NULL"); // tests; others go with their alert
        await DeleteRowsAsync("metric_demands", "last_used_at", now.AddDays(-DemandDays), stop);
        await DeleteRowsAsync("gaps", "through_time", now.AddDays(-options.MinuteCandles), stop);
    }

    private async Task DropSpansAsync(TimeTable table, DateTimeOffset before, CancellationToken stop)
    {
        var dropped = await spans.TryDropBeforeAsync(table, before.ToUnixTimeMilliseconds(), stop);
        if (dropped is null) LogInUse(table.Name, before); // once a round: every further try would hold up all who want to read or write it
        else if (dropped > 0) LogDropped(dropped.Value, table.Name, before);
    }

    private async Task DeleteRowsAsync(string table, string column, DateTimeOffset before, CancellationToken stop, string alsoOnly = "")
    {
        var deleted = 0;
        int last;
        do
        {
            last = await database.RunAsync("delete_expired", async connection =>
            {
                await using var command = connection.Sql($"""
                    DELETE FROM {table} WHERE ctid IN (SELECT ctid FROM {table} WHERE {column} < $1 {alsoOnly} ORDER BY {column} LIMIT $2)
                    """).WithTime(before.ToUnixTimeMilliseconds()).With(RowsAtOnce);
                return await command.ExecuteNonQueryAsync(stop);
            }, stop);
            deleted += last;
        }
        while (last == RowsAtOnce);

        if (deleted > 0) LogDeleted(deleted, table, before);
    }

    [LoggerMessage(6301, LogLevel.Information, "Retention: dropped {Spans} spans of {Table} that ended before {Before:o}")]
    private partial void LogDropped(int spans, string table, DateTimeOffset before);

    [LoggerMessage(6305, LogLevel.Warning,
        "Retention: {Table} is read by a long query or transaction; what it holds from before {Before:o} is dropped in an hour, if it is not read then (pg_stat_activity shows who does)")]
    private partial void LogInUse(string table, DateTimeOffset before);

    [LoggerMessage(6302, LogLevel.Information, "Retention: deleted {Rows} rows of {Table} from before {Before:o}")]
    private partial void LogDeleted(int rows, string table, DateTimeOffset before);
}
