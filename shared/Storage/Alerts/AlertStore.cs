using System.Text.Json;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Alerts;

/// <summary>The history of alerts, and the deliveries that come of them.</summary>
public sealed class AlertStore
{
    internal const string Columns = "event, stream_sequence, acknowledged_at, acknowledged_by";

    // An attempt that failed, or is under way, may have been heard all the same.
    private const string MayHaveHeard = "(d.state = 1 OR d.attempts > 0 OR d.claim_id IS NOT NULL)";
    private readonly Database _database;

    internal AlertStore(Database database) => _database = database;

    /// <summary>
    /// Records alerts and their deliveries together with the reader's checkpoint. Recording them again changes nothing.
    /// Deliveries to endpoints that are gone are left out, and so are the ends of firings of which nobody heard.
    /// </summary>
    public static async Task RecordAsync(
        FencedTransaction transaction, IReadOnlyList<StoredAlert> alerts, IReadOnlyList<NewDelivery> deliveries, CancellationToken stop)
    {
        if (alerts.Count > 0) await InsertAsync(transaction.Connection, [.. alerts.OrderBy(alert => alert.Event.Id, StringComparer.Ordinal)], stop);
        if (deliveries.Count > 0) await InsertAsync(transaction.Connection, deliveries, stop);
        await EndEscalationsAsync(transaction.Connection, [.. alerts.Select(alert => alert.Event).Where(alert => alert.Resolves is not null)], stop);
    }

    /// <summary>Acknowledgements are found only by their state: every alert says itself who took it over.</summary>
    public Task<List<StoredAlert>> SearchAsync(AlertQuery query, CancellationToken stop = default) =>
        SearchAsync(Columns, query, Read, stop);

    /// <summary>The same as the bytes they are stored as: who only passes them on need not read them.</summary>
    public Task<List<AlertRow>> SearchTextAsync(AlertQuery query, CancellationToken stop = default) =>
        SearchAsync(AlertRow.Columns, query, AlertRow.Read, stop);

    private Task<List<T>> SearchAsync<T>(string columns, AlertQuery query, Func<NpgsqlDataReader, T> read, CancellationToken stop) =>
        _database.RunAsync("search_alerts", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT {columns} FROM alerts
                WHERE ($1 IS NULL OR exchange = $1) AND ($2 IS NULL OR symbol = $2)
                  AND ($3 IS NULL OR rule_type = $3) AND ($4 IS NULL OR rule_id = $4)
                  AND ($5 IS NULL OR severity >= $5) AND (state = $6 OR ($6 IS NULL AND state <> 2))
                  AND ($7 IS NULL OR event_time >= $7) AND ($8 IS NULL OR event_time <= $8)
                  AND (owner IS NULL OR owner = $9 OR $10)
                  AND ($12 IS NULL OR (event_time, id) < ($11, $12))
                  AND ($14 IS NULL OR (acknowledged_at IS NOT NULL) = $14)
                ORDER BY event_time DESC, id DESC LIMIT $13
                """)
                .WithText(query.Exchange).WithText(query.Symbol).WithText(query.RuleType).WithText(query.RuleId)
                .With((short?)query.AtLeast, NpgsqlDbType.Smallint).With((short?)query.State, NpgsqlDbType.Smallint)
                // A bound that bounds nothing is left out: a planner without statistics takes it for a narrow one, and sorts the whole table.
                .With(query.Since is { } since ? PgTime.FromUnixMs(since) : null, NpgsqlDbType.TimestampTz)
                .With(query.Until is { } until ? PgTime.FromUnixMs(until) : null, NpgsqlDbType.TimestampTz)
                .WithText(query.VisibleTo).With(query.OfEveryOwner)
                .WithTime(query.After?.EventTime ?? 0).WithText(query.After?.Id)
                .With(query.Limit).With(query.Acknowledged, NpgsqlDbType.Boolean);
            return await command.ToListAsync(read, stop);
        }, stop);

    /// <summary>Alerts in stream order after a sequence: how a client resumes once the stream no longer has them.</summary>
    public Task<List<StoredAlert>> AfterSequenceAsync(long sequence, int limit, CancellationToken stop = default) =>
        _database.RunAsync("alerts_after_sequence", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT {Columns} FROM alerts WHERE stream_sequence > $1 ORDER BY stream_sequence LIMIT $2
                """).With(sequence).With(limit);
            return await command.ToListAsync(Read, stop);
        }, stop);

    public Task<StoredAlert?> FindAsync(string id, CancellationToken stop = default) =>
        _database.RunAsync("find_alert", async connection =>
        {
            await using var command = connection.Sql($"SELECT {Columns} FROM alerts WHERE id = $1").With(id);
            return (await command.ToListAsync(Read, stop)).SingleOrDefault();
        }, stop);

    /// <summary>
    /// Notes who acknowledged an alert first, ends its escalation, and tells those endpoints that heard of the alert.
    /// An engine says it on ALERTS: see <see cref="AcknowledgementStore"/>.
    /// </summary>
    /// <returns>False when there is no such alert or it was acknowledged before.</returns>
    public Task<bool> AcknowledgeAsync(string id, string by, CancellationToken stop = default) =>
        _database.InTransactionAsync("acknowledge_alert", async connection =>
        {
            await using var acknowledge = connection.Sql("""
                WITH acknowledged AS (
                    UPDATE alerts SET acknowledged_at = now(), acknowledged_by = $2 WHERE id = $1 AND acknowledged_at IS NULL AND state <> 2 RETURNING id
                ), dropped AS (
                    UPDATE deliveries d SET state = 4, finished_at = now()
                    FROM acknowledged a WHERE d.alert_id = a.id AND d.state = 0 AND d.step > 0
                )
                SELECT count(*) FROM acknowledged
                """).With(id).With(by);
            if (await acknowledge.ExecuteScalarAsync(stop) is not > 0L) return false;
            await using var tell = connection.Sql($"""
                INSERT INTO deliveries (id, alert_id, endpoint_id, event, urgency, follows)
                SELECT DISTINCT {IdOf("d.alert_id, d.endpoint_id, 'acknowledged'")},
                    d.alert_id, d.endpoint_id, 1, d.urgency, d.alert_id
                FROM deliveries d WHERE d.alert_id = $1 AND d.event = 0 AND (d.step = 0 OR {MayHaveHeard})
                ON CONFLICT DO NOTHING
                """).With(id);
            await tell.ExecuteNonQueryAsync(stop);
            return true;
        }, stop);

    internal static AlertEvent Parse(string json) => JsonSerializer.Deserialize(json, ContractsJson.Default.AlertEvent)!;

    internal static StoredAlert Read(NpgsqlDataReader reader) => Read(reader, from: 0);

    internal static StoredAlert Read(NpgsqlDataReader reader, int from) => new(
        Parse(reader.GetString(from)), reader.GetInt64(from + 1), reader.GetUnixMsOrNull(from + 2), reader.GetText(from + 3));

    private static async Task InsertAsync(NpgsqlConnection connection, StoredAlert[] alerts, CancellationToken stop)
    {
        T[] Each<T>(Func<AlertEvent, T> value) => [.. alerts.Select(alert => value(alert.Event))];
        await using var command = connection.Sql("""
            INSERT INTO alerts (id, exchange, symbol, rule_id, rule_type, owner, severity, state, late, event_time, stream_sequence, event)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            ON CONFLICT (id) DO NOTHING
            """)
            .With(Each(e => e.Id)).With(Each(e => e.Exchange)).With(Each(e => e.Symbol)).With(Each(e => e.RuleId)).With(Each(e => e.RuleType))
            .With(Each(e => e.Owner)).With(Each(e => (short)e.Severity)).With(Each(e => (short)e.State)).With(Each(e => e.Late))
            .With(Each(e => PgTime.FromUnixMs(UnixMsOf(e.Timestamp))), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)
            .With(alerts.Select(alert => alert.StreamSequence).ToArray())
            .With(Each(e => JsonSerializer.Serialize(e, ContractsJson.Default.AlertEvent)), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);
        await command.ExecuteNonQueryAsync(stop);
    }

    // An end shares the fate of its firing, not of its own hour: what was told ends, however late that is found, and what was not does not.
    // When the firing is gone (retention), what the end says of itself decides. A late end is as old as we know of it: see max_age.
    private static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<NewDelivery> deliveries, CancellationToken stop)
    {
        await using var command = connection.Sql("""
            INSERT INTO deliveries (id, alert_id, endpoint_id, due_at, step, urgency, follows, wanted_at)
            SELECT d.id, d.alert_id, d.endpoint_id, now() + d.delay, d.step, least(a.severity, 2), d.follows,
                CASE WHEN d.step = 0 AND NOT a.late THEN a.event_time ELSE now() + d.delay END
            FROM unnest($1, $2, $3, $4, $5, $6) AS d (id, alert_id, endpoint_id, delay, step, follows)
            JOIN endpoints e ON e.id = d.endpoint_id
            JOIN alerts a ON a.id = d.alert_id
            LEFT JOIN alerts fired ON fired.id = d.follows
            WHERE NOT coalesce(fired.late, a.late) AND coalesce(fired.event, a.event) ->> 'suppressed' IS NULL
            ORDER BY d.id
            ON CONFLICT DO NOTHING
            """)
            .With(deliveries.Select(delivery => delivery.Id).ToArray())
            .With(deliveries.Select(delivery => delivery.AlertId).ToArray())
            .With(deliveries.Select(delivery => delivery.EndpointId).ToArray())
            .With(deliveries.Select(delivery => delivery.Delay).ToArray())
            .With(deliveries.Select(delivery => (short)delivery.Step).ToArray())
            .With(deliveries.Select(delivery => delivery.Follows).ToArray());
        await command.ExecuteNonQueryAsync(stop);
    }

    // Steps that were not taken are dropped; those who may have heard by an earlier one hear of the end too. One statement after the
    // other: a step that was claimed meanwhile shows only to the second.
    private static async Task EndEscalationsAsync(NpgsqlConnection connection, AlertEvent[] ends, CancellationToken stop)
    {
        if (ends.Length == 0) return;
        await using var drop = connection.Sql("""
            UPDATE deliveries SET state = 4, finished_at = now() WHERE alert_id = ANY ($1) AND state = 0 AND step > 0
            """).With(ends.Select(end => end.Resolves).ToArray());
        await drop.ExecuteNonQueryAsync(stop);
        await using var tell = connection.Sql($"""
            INSERT INTO deliveries (id, alert_id, endpoint_id, urgency, follows)
            SELECT DISTINCT {IdOf("e.id, d.endpoint_id")},
                e.id, d.endpoint_id, d.urgency, e.fired
            FROM unnest($1, $2) AS e (id, fired)
            JOIN deliveries d ON d.alert_id = e.fired AND d.event = 0 AND d.step > 0 AND {MayHaveHeard}
            ON CONFLICT DO NOTHING
            """)
            .With(ends.Select(end => end.Id).ToArray()).With(ends.Select(end => end.Resolves).ToArray());
        await tell.ExecuteNonQueryAsync(stop);
    }

    // As NewDelivery makes it.
    private static string IdOf(string parts) => $"'msg_' || left(encode(sha256(convert_to(concat_ws(E'\\n', {parts}), 'UTF8')), 'hex'), 32)";

    private static long UnixMsOf(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
}
