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
    // What one level of urgency counts: a critical alert stands before an ordinary one that is up to a minute older, so that nothing
    // waits for ever behind a stream of critical ones.
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(30);

    internal const string AskedAgain =
        "state = 0, due_at = now(), wanted_at = now(), finished_at = NULL, attempts_before_replay = attempts, replayed = true, claim_id = NULL, claimed_until = NULL";

    private readonly Database _database;

    internal DeliveryStore(Database database) => _database = database;

    /// <summary>
    /// Claims deliveries that are due, for each endpoint as many as it has room for, its most urgent and longest waiting first; the
    /// endpoints take turns when not all fit. Those that are paused or disabled get none; neither do those that are not named.
    /// </summary>
    public Task<List<ClaimedDelivery>> ClaimAsync(
        Guid claimId, IReadOnlyCollection<EndpointRoom> rooms, int limit, TimeSpan holdFor, CancellationToken stop = default) =>
        _database.RunAsync("claim_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                WITH waiting AS (
                    SELECT d.id, d.due_at - level * $7 AS place, r.endpoint_id, r.room, r.running
                    FROM unnest($4, $5, $6) AS r (endpoint_id, room, running)
                    JOIN endpoints e ON e.id = r.endpoint_id AND e.enabled AND NOT e.paused
                    CROSS JOIN generate_series(0, 2) AS level
                    CROSS JOIN LATERAL (
                        SELECT id, due_at FROM deliveries w
                        WHERE endpoint_id = r.endpoint_id AND urgency = level AND state = 0 AND due_at <= now()
                          AND (follows IS NULL OR NOT EXISTS (
                              SELECT FROM deliveries f WHERE f.alert_id = w.follows AND f.endpoint_id = w.endpoint_id AND f.event = 0
                                AND (f.state = 0 OR (f.claim_id IS NOT NULL AND f.claimed_until > now()))))
                        ORDER BY due_at LIMIT r.room FOR UPDATE SKIP LOCKED
                    ) d
                ), due AS (
                    SELECT id, place FROM (
                        SELECT *, row_number() OVER (PARTITION BY endpoint_id ORDER BY place) AS number FROM waiting) w
                    WHERE number <= room ORDER BY running + number, place LIMIT $2
                ), claimed AS (
                    UPDATE deliveries d SET claim_id = $1, claimed_until = now() + $3, due_at = now() + $3
                    FROM due WHERE d.id = due.id
                    RETURNING d.id, d.endpoint_id, d.event, d.alert_id, d.attempts - d.attempts_before_replay AS attempts, d.wanted_at, d.replayed, due.place
                )
                SELECT c.id, c.endpoint_id, c.event, c.attempts, c.wanted_at, c.replayed, a.event, a.stream_sequence, a.acknowledged_at, a.acknowledged_by
                FROM claimed c LEFT JOIN alerts a ON a.id = c.alert_id ORDER BY c.place, c.id
                """)
                .With(claimId).With(limit).With(holdFor)
                .With(rooms.Select(room => room.EndpointId).ToArray()).With(rooms.Select(room => room.Room).ToArray()).With(rooms.Select(room => room.Running).ToArray())
                .With(HeadStart);
            return await command.ToListAsync(reader =>
            {
                var what = (DeliveryEvent)reader.GetInt16(2);
                var alert = reader.IsDBNull(6) ? null : AlertStore.Read(reader, from: 6);
                return new ClaimedDelivery(
                    reader.GetString(0), reader.GetString(1), what, what == DeliveryEvent.Acknowledged ? alert?.Acknowledgement() : alert?.Event,
                    reader.GetInt32(3), reader.GetUnixMs(4), reader.GetBoolean(5));
            }, stop);
        }, stop);

    /// <summary>Writes how attempts went. Deliveries whose claim has ended meanwhile are left to their new claimer.</summary>
    /// <returns>The ids whose result was accepted.</returns>
    public Task<HashSet<string>> CompleteAsync(Guid claimId, IReadOnlyList<DeliveryResult> results, CancellationToken stop = default) =>
        _database.RunAsync("complete_deliveries", async connection =>
        {
            T[] Each<T>(Func<DeliveryResult, T> value) => [.. results.OrderBy(result => result.Id, StringComparer.Ordinal).Select(value)];
            await using var command = connection.Sql("""
                WITH result AS (
                    SELECT * FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10) AS r (id, state, status, error, retry_after, duration_ms, response, well, counts)
                ), accepted AS (
                    UPDATE deliveries d SET
                        state = CASE WHEN r.state = 0 AND d.state = 4 THEN 4 WHEN r.state = 0 AND NOT e.enabled THEN 2 ELSE r.state END,
                        attempts = d.attempts + (r.counts < 2)::int, attempts_before_replay = d.attempts_before_replay + (r.counts = 1)::int,
                        due_at = now() + r.retry_after, claim_id = NULL, claimed_until = NULL, last_status = r.status, last_error = r.error,
                        finished_at = CASE WHEN r.state <> 0 OR d.state = 4 OR NOT e.enabled THEN now() END
                    FROM result r, endpoints e WHERE d.id = r.id AND d.claim_id = $1 AND e.id = d.endpoint_id
                    RETURNING d.id, d.attempts, d.endpoint_id
                ), logged AS (
                    INSERT INTO attempts (delivery_id, number, duration_ms, status, error, response)
                    SELECT a.id, a.attempts, r.duration_ms, r.status, r.error, r.response FROM accepted a JOIN result r USING (id) WHERE r.counts < 2
                ), health AS (
                    SELECT a.endpoint_id, bool_or(r.well) AS well FROM accepted a JOIN result r USING (id)
                    WHERE r.well IS NOT NULL GROUP BY a.endpoint_id
                ), noted AS (
                    UPDATE endpoints e SET failing_since = CASE WHEN NOT h.well THEN now() END
                    FROM health h WHERE e.id = h.endpoint_id AND (e.failing_since IS NULL) <> h.well
                )
                SELECT id FROM accepted
                """)
                .With(claimId)
                .With(Each(r => r.Id)).With(Each(r => (short)r.State))
                .With(Each(r => r.Status), NpgsqlDbType.Array | NpgsqlDbType.Integer).With(Each(r => StorableText.Of(r.Error)))
                .With(Each(r => r.RetryAfter)).With(Each(r => (int)r.Duration.TotalMilliseconds)).With(Each(r => StorableText.Of(r.Response)))
                .With(Each(r => r.EndpointIsWell), NpgsqlDbType.Array | NpgsqlDbType.Boolean).With(Each(r => (short)r.Counts));
            return (await command.ToListAsync(reader => reader.GetString(0), stop)).ToHashSet(StringComparer.Ordinal);
        }, stop);

    /// <summary>
    /// Sends again, under the same ids and by a schedule that begins anew, what an endpoint got or missed between two times (unix ms). Not
    /// its tests: nobody waits for those any more.
    /// </summary>
    /// <returns>How many will be sent.</returns>
    public Task<int> ReplayAsync(string endpointId, long since, bool deadOnly, long? until = null, CancellationToken stop = default) =>
        _database.RunAsync("replay_deliveries", async connection =>
        {
            await using var command = connection.Sql($"""
                UPDATE deliveries SET {AskedAgain}
                WHERE endpoint_id = $1 AND created_at BETWEEN $2 AND $4 AND (state = 2 OR (state IN (1, 3) AND NOT $3)) AND event <> 2
                  AND EXISTS (SELECT FROM endpoints e WHERE e.id = endpoint_id AND e.enabled)
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

    /// <summary>How many wait. Read from an index that holds nothing else, however long the history is.</summary>
    public Task<long> CountPendingAsync(CancellationToken stop = default) =>
        _database.RunAsync("count_deliveries", async connection =>
        {
            await using var command = connection.Sql("SELECT count(*) FROM deliveries WHERE state = 0");
            return (long)(await command.ExecuteScalarAsync(stop))!;
        }, stop);
}
