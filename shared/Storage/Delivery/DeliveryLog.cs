using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Delivery;

/// <summary>A delivery as its owner sees it.</summary>
/// <param name="Exchange">With symbol and rule of its alert: absent for tests, and once the alert is no longer kept.</param>
public sealed record LoggedDelivery(
    string Id, string? AlertId, string EndpointId, DeliveryEvent Event, DeliveryState State, int Attempts, long DueAt, long CreatedAt, int? LastStatus, string? LastError,
    string? Exchange, string? Symbol, string? RuleId);

public sealed record LoggedAttempt(int Number, long At, int DurationMs, int? Status, string? Error, string? Response);

/// <summary>What was sent and how it went, to look at and to repeat.</summary>
public sealed class DeliveryLog
{
    private const string Wanted = """
        ($1 IS NULL OR d.endpoint_id = $1) AND ($2 IS NULL OR d.alert_id = $2) AND ($3 IS NULL OR d.id = $3) AND ($4 < 0 OR d.state = $4)
          AND ($5 IS NULL OR (d.created_at, d.id) < ((SELECT created_at FROM deliveries WHERE id = $5), $5))
        """;

    private const string Newest = $"SELECT * FROM deliveries d WHERE {Wanted} ORDER BY d.created_at DESC, d.id DESC LIMIT $6";
    private const string OfAll = $"{Columns} ({Newest}) {Alerts}";

    // Endpoint by endpoint: whoever has few of a million would else wait until the others' were read.
    private const string OfOwner = $"""
        {Columns} (
            SELECT d.* FROM endpoints e CROSS JOIN LATERAL (
                SELECT * FROM deliveries d WHERE d.endpoint_id = e.id AND {Wanted} ORDER BY d.created_at DESC, d.id DESC LIMIT $6) d
            WHERE e.owner IS NOT DISTINCT FROM $7 ORDER BY d.created_at DESC, d.id DESC LIMIT $6) {Alerts}
        """;

    // What they were about is looked up for the page alone.
    private const string Columns = """
        SELECT d.id, d.alert_id, d.endpoint_id, d.event, d.state, d.attempts, d.due_at, d.created_at, d.last_status, d.last_error, a.exchange, a.symbol, a.rule_id FROM
        """;

    private const string Alerts = "d LEFT JOIN alerts a ON a.id = d.alert_id ORDER BY d.created_at DESC, d.id DESC";

    private readonly Database _database;

    internal DeliveryLog(Database database) => _database = database;

    /// <summary>Those of one endpoint, newest first; the page after the delivery named by <paramref name="before"/>.</summary>
    public Task<List<LoggedDelivery>> ListAsync(string endpointId, DeliveryState? state, string? before, int limit, CancellationToken stop = default) =>
        SearchAsync(new DeliveryFilter(null, OfEveryOwner: true, endpointId, State: state), before, limit, stop);

    /// <summary>Newest first, over all endpoints of an owner; what is null does not restrict.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="before">The last delivery of the page before.</param>
    public Task<List<LoggedDelivery>> SearchAsync(DeliveryFilter filter, string? before, int limit, CancellationToken stop = default) =>
        _database.RunAsync("search_deliveries", async connection =>
        {
            await using var command = connection.Sql(filter.OfEveryOwner ? OfAll : OfOwner)
                .WithText(filter.EndpointId).WithText(filter.AlertId).WithText(filter.Id)
                .With((short)(filter.State is { } s ? (int)s : -1)).WithText(before).With(limit);
            if (!filter.OfEveryOwner) command.WithText(filter.Owner);
            return await command.ToListAsync(Read, stop);
        }, stop);

    public Task<List<LoggedAttempt>> AttemptsAsync(string deliveryId, CancellationToken stop = default) =>
        _database.RunAsync("list_attempts", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT number, at, duration_ms, status, error, response FROM attempts WHERE delivery_id = $1 ORDER BY number
                """).With(deliveryId);
            return await command.ToListAsync(reader => new LoggedAttempt(
                reader.GetInt32(0), reader.GetUnixMs(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetInt32(3),
                reader.GetText(4), reader.GetText(5)), stop);
        }, stop);

    /// <summary>Sends one delivery again, under its id and by a schedule that begins anew.</summary>
    /// <returns>False when there is none, or it still waits, or its endpoint is switched off: it would only be given up once more.</returns>
    public Task<bool> ReplayAsync(string deliveryId, CancellationToken stop = default) =>
        _database.RunAsync("replay_delivery", async connection =>
        {
            await using var command = connection.Sql($"""
                UPDATE deliveries SET {DeliveryStore.AskedAgain}
                WHERE id = $1 AND state <> 0 AND EXISTS (SELECT FROM endpoints e WHERE e.id = endpoint_id AND e.enabled)
                """).With(deliveryId);
            return await command.ExecuteNonQueryAsync(stop) > 0;
        }, stop);

    /// <summary>Asks for a test: an alert that did not happen, sent by whoever delivers.</summary>
    /// <returns>The delivery's id, under which the attempt will be found; null when there is no such endpoint.</returns>
    public Task<string?> TestAsync(string endpointId, CancellationToken stop = default) =>
        _database.RunAsync("test_endpoint", async connection =>
        {
            await using var command = connection.Sql("""
                INSERT INTO deliveries (id, endpoint_id, event, urgency) -- somebody sits and waits for it
                SELECT $1, id, 2, 2 FROM endpoints WHERE id = $2 RETURNING id
                """).With($"msg_{Guid.NewGuid():N}").With(endpointId);
            return await command.ExecuteScalarAsync(stop) as string;
        }, stop);

    private static LoggedDelivery Read(NpgsqlDataReader reader) => new(
        reader.GetString(0), reader.GetText(1), reader.GetString(2), (DeliveryEvent)reader.GetInt16(3), (DeliveryState)reader.GetInt16(4),
        reader.GetInt32(5), reader.GetUnixMs(6), reader.GetUnixMs(7), reader.IsDBNull(8) ? null : reader.GetInt32(8), reader.GetText(9),
        reader.GetText(10), reader.GetText(11), reader.GetText(12));
}
