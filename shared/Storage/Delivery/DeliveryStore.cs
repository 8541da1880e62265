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

    /// <summary>Claims deliveries that are due, the longest waiting first, but for those of paused endpoints.</summary>
    public Task<List<ClaimedDelivery>> ClaimAsync(
        Guid claimId, int limit, TimeSpan holdFor, IReadOnlyCollection<string> pausedEndpoints, CancellationToken stop = default) =>
        _database.RunAsync("claim_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                WITH due AS (
                    SELECT id, due_at FROM deliveries
                    WHERE state = 0 AND due_at <= now() AND endpoint_id <> ALL ($4)
                    ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
                ), claimed AS (
                    UPDATE deliveries d SET claim_id = $1, claimed_until = now() + $3, due_at = now() + $3
                    FROM due WHERE d.id = due.id
                    RETURNING d.id, d.endpoint_id, d.alert_id, d.attempts, d.created_at, due.due_at AS was_due
                )
                SELECT c.id, c.endpoint_id, a.event, c.attempts, c.created_at
                FROM claimed c JOIN alerts a ON a.id = c.alert_id ORDER BY c.was_due, c.id
                """).With(claimId).With(limit).With(holdFor).With(pausedEndpoints.ToArray());
            return await command.ToListAsync(reader => new ClaimedDelivery(
                reader.GetString(0), reader.GetString(1), AlertStore.Parse(reader.GetString(2)), reader.GetInt32(3), reader.GetUnixMs(4)), stop);
        }, stop);

    /// <summary>Writes how attempts went. Deliveries whose claim has ended meanwhile are left to their new claimer.</summary>
    /// <returns>The ids whose result was accepted.</returns>
    public Task<HashSet<string>> CompleteAsync(Guid claimId, IReadOnlyList<DeliveryResult> results, CancellationToken stop = default) =>
        _database.RunAsync("complete_deliveries", async connection =>
        {
            T[] Each<T>(Func<DeliveryResult, T> value) => [.. results.OrderBy(result => result.Id, StringComparer.Ordinal).Select(value)];
            await using var command = connection.Sql("""
                WITH result AS (
                    SELECT * FROM unnest($2, $3, $4, $5, $6, $7) AS r (id, state, status, error, retry_after, duration_ms)
                ), accepted AS (
                    UPDATE deliveries d SET
                        state = r.state, attempts = d.attempts + 1, due_at = now() + r.retry_after, claim_id = NULL, claimed_until = NULL,
                        last_status = r.status, last_error = r.error, finished_at = CASE WHEN r.state <> 0 THEN now() END
                    FROM result r WHERE d.id = r.id AND d.claim_id = $1
                    RETURNING d.id, d.attempts
                ), logged AS (
                    INSERT INTO attempts (delivery_id, number, duration_ms, status, error)
                    SELECT a.id, a.attempts, r.duration_ms, r.status, r.error FROM accepted a JOIN result r USING (id)
                )
                SELECT id FROM accepted
                """)
                .With(claimId)
                .With(Each(r => r.Id)).With(Each(r => (short)r.State))
                .With(Each(r => r.Status), NpgsqlDbType.Array | NpgsqlDbType.Integer).With(Each(r => r.Error))
                .With(Each(r => r.RetryAfter)).With(Each(r => (int)r.Duration.TotalMilliseconds));
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

    /// <summary>Sends again, under the same ids, what an endpoint got or missed since a time (unix ms).</summary>
    /// <returns>How many will be sent.</returns>
    public Task<int> ReplayAsync(string endpointId, long since, bool deadOnly, CancellationToken stop = default) =>
        _database.RunAsync("replay_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE deliveries SET state = 0, due_at = now(), finished_at = NULL
                WHERE endpoint_id = $1 AND created_at >= $2 AND (state = 2 OR (state = 1 AND NOT $3))
                """).With(endpointId).WithTime(since).With(deadOnly);
            return await command.ExecuteNonQueryAsync(stop);
        }, stop);

    public Task<DeliveryCounts> CountAsync(CancellationToken stop = default) =>
        _database.RunAsync("count_deliveries", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT count(*) FILTER (WHERE state = 0), count(*) FILTER (WHERE state = 0 AND due_at <= now()), count(*) FILTER (WHERE state = 2)
                FROM deliveries WHERE state <> 1
                """);
            await using var reader = await command.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            return new DeliveryCounts(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }, stop);
}
