using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Connections;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Delivery;

/// <summary>
/// The queue of deliveries. A claim is one short transaction; sending holds none. While a row is claimed its due time is
/// the end of the claim, so what a dead worker had claimed becomes due by itself.
/// </summary>
public sealed class DeliveryStore
{
    private readonly Database _database;

    internal DeliveryStore(Database database) => _database = database;

    /// <summary>
    /// Claims deliveries that are due, for each endpoint as many as it has room for, its longest waiting first; the endpoints take turns
    /// when not all fit. Those that are paused or disabled get none; neither do those that are not named.
    /// </summary>
    public Task<List<ClaimedDelivery>> ClaimAsync(
        Guid claimId, IReadOnlyCollection<EndpointRoom> rooms, int limit, TimeSpan holdFor, CancellationToken stop = default) =>
        _database.RunAsync("claim_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                WITH waiting AS (
                    SELECT d.id, d.due_at, r.endpoint_id, r.running
                    FROM unnest($4, $5, $6) AS r (endpoint_id, room, running)
                    JOIN endpoints e ON e.id = r.endpoint_id AND e.enabled AND NOT e.paused
                    CROSS JOIN LATERAL (
                        SELECT id, due_at FROM deliveries
                        WHERE endpoint_id = r.endpoint_id AND state = 0 AND due_at <= now()
                        ORDER BY due_at LIMIT r.room FOR UPDATE SKIP LOCKED
                    ) d
                ), due AS (
                    SELECT id, due_at FROM (SELECT *, running + row_number() OVER (PARTITION BY endpoint_id ORDER BY due_at) AS turn FROM waiting) w
                    ORDER BY turn LIMIT $2
                ), claimed AS (
                    UPDATE deliveries d SET claim_id = $1, claimed_until = now() + $3, due_at = now() + $3
                    FROM due WHERE d.id = due.id
                    RETURNING d.id, d.endpoint_id, d.event, d.alert_id, d.attempts, d.created_at, due.due_at AS was_due
                )
                SELECT c.id, c.endpoint_id, c.event, a.event, c.attempts, c.created_at
                FROM claimed c LEFT JOIN alerts a ON a.id = c.alert_id ORDER BY c.was_due, c.id
                """)
                .With(claimId).With(limit).With(holdFor)
                .With(rooms.Select(room => room.EndpointId).ToArray()).With(rooms.Select(room => room.Room).ToArray()).With(rooms.Select(room => room.Running).ToArray());
            return await command.ToListAsync(reader => new ClaimedDelivery(
                reader.GetString(0), reader.GetString(1), (DeliveryEvent)reader.GetInt16(2),
                reader.GetText(3) is { } alert ? AlertStore.Parse(alert) : null, reader.GetInt32(4), reader.GetUnixMs(5)), stop);
        }, stop);

    /// <summary>Writes how attempts went. Deliveries whose claim has ended meanwhile are left to their new claimer.</summary>
    /// <returns>The ids whose result was accepted.</returns>
    public Task<HashSet<string>> CompleteAsync(Guid claimId, IReadOnlyList<DeliveryResult> results, CancellationToken stop = default) =>
        _database.RunAsync("complete_deliveries", async connection =>
        {
            T[] Each<T>(Func<DeliveryResult, T> value) => [.. results.OrderBy(result => result.Id, StringComparer.Ordinal).Select(value)];
            await using var command = connection.Sql("""
                WITH result AS (
                    SELECT * FROM unnest($2, $3, $4, $5, $6, $7, $8) AS r (id, state, status, error, retry_after, duration_ms, response)
                ), accepted AS (
                    UPDATE deliveries d SET
                        state = CASE WHEN r.state = 0 AND d.state = 4 THEN 4 WHEN r.state = 0 AND NOT e.enabled THEN 2 ELSE r.state END, attempts = d.attempts + 1,
                        due_at = now() + r.retry_after, claim_id = NULL, claimed_until = NULL, last_status = r.status, last_error = r.error,
                        finished_at = CASE WHEN r.state <> 0 OR d.state = 4 OR NOT e.enabled THEN now() END
                    FROM result r, endpoints e WHERE d.id = r.id AND d.claim_id = $1 AND e.id = d.endpoint_id
                    RETURNING d.id, d.attempts, d.endpoint_id
                ), logged AS (
                    INSERT INTO attempts (delivery_id, number, duration_ms, status, error, response)
                    SELECT a.id, a.attempts, r.duration_ms, r.status, r.error, r.response FROM accepted a JOIN result r USING (id)
                ), health AS (
                    SELECT a.endpoint_id, bool_or(r.state = 1) AS well FROM accepted a JOIN result r USING (id)
                    WHERE r.state <= 2 GROUP BY a.endpoint_id
                ), noted AS (
                    UPDATE endpoints e SET failing_since = CASE WHEN NOT h.well THEN now() END
                    FROM health h WHERE e.id = h.endpoint_id AND (e.failing_since IS NULL) <> h.well
                )
                SELECT id FROM accepted
                """)
                .With(claimId)
                .With(Each(r => r.Id)).With(Each(r => (short)r.State))
                .With(Each(r => r.Status), NpgsqlDbType.Array | NpgsqlDbType.Integer).With(Each(r => StorableText.Of(r.Error)))
                .With(Each(r => r.RetryAfter)).With(Each(r => (int)r.Duration.TotalMilliseconds)).With(Each(r => StorableText.Of(r.Response)));
            return (await command.ToListAsync(reader => reader.GetString(0), stop)).ToHashSet(StringComparer.Ordinal);
        }, stop);

    /// <summary>Gives back what was claimed and not sent: another worker need not wait for the end of the claim.</summary>
    public Task ReleaseAsync(Guid claimId, CancellationToken stop = default) =>
        _database.RunAsync("release_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE deliveries SET claim_id = NULL, claimed_until = NULL, due_at = now() WHERE claim_id = $1 AND state = 0
                """).With(claimId);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>Sends again, under the same ids, what an endpoint got or missed between two times (unix ms).</summary>
    /// <returns>How many will be sent.</returns>
    public Task<int> ReplayAsync(string endpointId, long since, bool deadOnly, long? until = null, CancellationToken stop = default) =>
        _database.RunAsync("replay_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE deliveries SET state = 0, due_at = now(), finished_at = NULL
                WHERE endpoint_id = $1 AND created_at BETWEEN $2 AND $4 AND (state = 2 OR (state IN (1, 3) AND NOT $3))
                """).With(endpointId).WithTime(since).With(deadOnly)
                .WithTime(until ?? DateTimeOffset.MaxValue.ToUnixTimeMilliseconds());
            return await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>
    /// Makes dead letters of what waits for endpoints that are switched off: recorded while that happened, claimed by a worker that died, or
    /// sent again before its endpoint was switched on. Nobody would ever claim it.
    /// </summary>
    /// <returns>How many.</returns>
    public Task<int> GiveUpForDisabledAsync(CancellationToken stop = default) =>
        _database.RunAsync("give_up_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE deliveries d SET state = 2, last_error = coalesce(e.disabled_reason, 'the endpoint is switched off'), finished_at = now(), claim_id = NULL, claimed_until = NULL
                FROM endpoints e WHERE e.id = d.endpoint_id AND NOT e.enabled AND d.state = 0 AND (d.claim_id IS NULL OR d.claimed_until < now())
                """);
            return await command.ExecuteNonQueryAsync(stop);
        }, stop);

    public Task<DeliveryCounts> CountAsync(CancellationToken stop = default) =>
        _database.RunAsync("count_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT (SELECT count(*) FROM deliveries WHERE state = 0), (SELECT count(*) FROM deliveries WHERE state = 0 AND due_at <= now()),
                    (SELECT count(*) FROM deliveries WHERE state = 2) -- each has an index of its own
                """);
            await using var reader = await command.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            return new DeliveryCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }, stop);
}
