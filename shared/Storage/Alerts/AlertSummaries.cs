using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Alerts;

/// <summary>Counts over the history of alerts.</summary>
public sealed class AlertSummaries
{
    private const string Visible = "state = 0 AND event_time >= $1 AND (owner IS NULL OR owner = $2 OR $3)";
    private const int MostRules = 100;
    private const int MostSymbols = 50;
    private readonly Database _database;

    internal AlertSummaries(Database database) => _database = database;

    /// <param name="since">Unix ms.</param>
    /// <param name="visibleTo">Alerts of built-in rules and of this owner's.</param>
    /// <param name="ofEveryOwner">All, for administrators.</param>
    public Task<AlertSummary> SinceAsync(long since, string? visibleTo, bool ofEveryOwner, CancellationToken stop = default) =>
        _database.RunAsync("summarize_alerts", async connection =>
        {
            NpgsqlCommand Query(string sql) => connection.Sql(sql).WithTime(since).WithText(visibleTo).With(ofEveryOwner);

            await using var severities = Query($"""
                SELECT severity, count(*), count(acknowledged_at),
                    count(*) FILTER (WHERE NOT EXISTS (SELECT FROM alerts ended WHERE ended.event ->> 'resolves' = alerts.id))
                FROM alerts WHERE {Visible} GROUP BY severity
                """);
            var bySeverity = await severities.ToListAsync(
                reader => (Severity: (AlertSeverity)reader.GetInt16(0), Count: reader.GetInt64(1), Acknowledged: reader.GetInt64(2), Active: reader.GetInt64(3)), stop);
            await using var rules = Query($"SELECT rule_id, count(*) FROM alerts WHERE {Visible} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MostRules}");
            var byRule = await rules.ToListAsync(reader => (reader.GetString(0), reader.GetInt64(1)), stop);
            await using var symbols = Query($"SELECT exchange, symbol, count(*) FROM alerts WHERE {Visible} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {MostSymbols}");
            var bySymbol = await symbols.ToListAsync(reader => (reader.GetString(0), reader.GetString(1), reader.GetInt64(2)), stop);
            return new AlertSummary(
                bySeverity.Sum(row => row.Count), bySeverity.Sum(row => row.Acknowledged), bySeverity.Sum(row => row.Active),
                bySeverity.ToDictionary(row => row.Severity, row => row.Count), byRule, bySymbol);
        }, stop);

    /// <summary>From an alert to its acknowledgement, over those acknowledged since a time (unix ms); null when there is none.</summary>
    public Task<double?> MeanSecondsToAcknowledgeAsync(long since, CancellationToken stop = default) =>
        _database.RunAsync("mean_time_to_acknowledge", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT avg(extract(epoch FROM greatest(acknowledged_at - event_time, interval '0')))::float8 FROM alerts WHERE state = 0 AND acknowledged_at >= $1
                """).WithTime(since);
            return await command.ExecuteScalarAsync(stop) as double?;
        }, stop);
}
