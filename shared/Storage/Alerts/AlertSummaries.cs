using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Alerts;

/// <summary>Counts over the history of alerts.</summary>
public sealed class AlertSummaries
{
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
            await using var command = connection.Sql("""
                WITH counted AS (
                    SELECT severity, rule_id, exchange, symbol, count(*) FILTER (WHERE state = 0) AS fired, count(acknowledged_at) FILTER (WHERE state = 0) AS acknowledged,
                        max(stream_sequence) FILTER (WHERE state = 0) AS last_firing, max(stream_sequence) FILTER (WHERE state = 1) AS last_end
                    FROM alerts WHERE state < 2 AND event_time >= $1 AND (owner IS NULL OR owner = $2 OR $3)
                    GROUP BY severity, rule_id, exchange, symbol
                ), going_on AS (
                    SELECT FROM counted c JOIN rules r ON r.id = c.rule_id
                    WHERE r.enabled AND NOT r.deleted AND r.definition -> 'trigger' ->> 'mode' IS DISTINCT FROM 'on_exit'
                    GROUP BY c.rule_id, c.exchange, c.symbol HAVING max(c.last_firing) > coalesce(max(c.last_end), -1)
                )
                SELECT severity, rule_id, exchange, symbol, sum(fired)::bigint, sum(acknowledged)::bigint, (SELECT count(*) FROM going_on)
                FROM counted WHERE fired > 0 GROUP BY GROUPING SETS ((severity), (rule_id), (exchange, symbol))
                """).WithTime(since).WithText(visibleTo).With(ofEveryOwner);
            var all = await command.ToListAsync(CountedAlerts.Read, stop);
            var bySeverity = all.Where(counted => counted.Severity is not null).ToList();
            return new AlertSummary(
                bySeverity.Sum(counted => counted.Fired), bySeverity.Sum(counted => counted.Acknowledged), all is [var any, ..] ? any.GoingOn : 0,
                bySeverity.ToDictionary(counted => counted.Severity!.Value, counted => counted.Fired),
                [.. all.Where(counted => counted.RuleId is not null).OrderByDescending(counted => counted.Fired).ThenBy(counted => counted.RuleId, StringComparer.Ordinal)
                    .Take(MostRules).Select(counted => (counted.RuleId!, counted.Fired))],
                [.. all.Where(counted => counted.Instrument is not null).OrderByDescending(counted => counted.Fired).ThenBy(counted => counted.Instrument)
                    .Take(MostSymbols).Select(counted => (counted.Instrument!.Exchange, counted.Instrument.Symbol, counted.Fired))]);
        }, stop);

    /// <summary>How often each rule fired since a time (unix ms); those that did not are missing.</summary>
    public Task<Dictionary<string, long>> ByRuleAsync(long since, CancellationToken stop = default) =>
        _database.RunAsync("count_firings", async connection =>
        {
            await using var command = connection.Sql("SELECT rule_id, count(*) FROM alerts WHERE state = 0 AND event_time >= $1 GROUP BY rule_id").WithTime(since);
            var counts = await command.ToListAsync(reader => (RuleId: reader.GetString(0), Fired: reader.GetInt64(1)), stop);
            return counts.ToDictionary(count => count.RuleId, count => count.Fired, StringComparer.Ordinal);
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

    /// <summary>Of one severity, of one rule or of one instrument. What goes on is of all.</summary>
    private readonly record struct CountedAlerts(AlertSeverity? Severity, string? RuleId, InstrumentId? Instrument, long Fired, long Acknowledged, long GoingOn)
    {
        internal static CountedAlerts Read(NpgsqlDataReader reader) => new(
            reader.IsDBNull(0) ? null : (AlertSeverity)reader.GetInt16(0), reader.GetText(1), reader.IsDBNull(2) ? null : new InstrumentId(reader.GetString(2), reader.GetString(3)),
            reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6));
    }
}
