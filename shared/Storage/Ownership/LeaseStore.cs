using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Ownership;

/// <summary>
/// The leases table. The database's clock alone decides what has expired, so workers' clocks may differ. Every statement
/// is one short transaction; rows that another worker is just taking are skipped, never waited for.
/// </summary>
internal sealed class LeaseStore(Database database)
{
    /// <summary>Makes the rows of a kind, once per deployment.</summary>
    internal async Task DeclareAsync(string kind, int partitions, CancellationToken stop)
    {
        var stored = await database.RunAsync("declare_leases", async connection =>
        {
            await using var insert = connection.Sql("""
                INSERT INTO leases (kind, partition) SELECT $1, p FROM generate_series(0, $2 - 1) AS p
                WHERE NOT EXISTS (SELECT FROM leases WHERE kind = $1)
                ON CONFLICT DO NOTHING
                """).With(kind).With(partitions);
            await insert.ExecuteNonQueryAsync(stop);
            await using var count = connection.Sql("SELECT count(*)::integer FROM leases WHERE kind = $1").With(kind);
            return (int)(await count.ExecuteScalarAsync(stop))!;
        }, stop);
        if (stored == partitions) return;
        throw new StorageException(
            $"This deployment shares out '{kind}' in {stored} partitions, this worker is set to {partitions}. The number is fixed for "
            + $"the life of a deployment, because subjects and checkpoints carry it: set it back to {stored}.");
    }

    /// <summary>Says that we live, renews what is ours, and tells what is.</summary>
    internal Task<LeaseBeat> BeatAsync(LeaseOptions options, CancellationToken stop) =>
        database.RunAsync("renew_leases", async connection =>
        {
            await using (var alive = connection.Sql("""
                INSERT INTO lease_workers (kind, owner, expires_at) VALUES ($1, $2, now() + $3)
                ON CONFLICT (kind, owner) DO UPDATE SET expires_at = excluded.expires_at
                """).With(options.Kind).With(options.Owner).With(options.TimeToLive))
            {
                await alive.ExecuteNonQueryAsync(stop);
            }

            // Expired but not taken is still ours: after an outage of the database incumbents go on.
            await using var renew = connection.Sql("""
                UPDATE leases SET expires_at = now() + $3 WHERE kind = $1 AND owner = $2 RETURNING partition, epoch
                """).With(options.Kind).With(options.Owner).With(options.TimeToLive);
            var owned = await renew.ToListAsync(reader => LeaseOf(options.Kind, reader), stop);

            await using var workers = connection.Sql("""
                SELECT owner FROM lease_workers WHERE kind = $1 AND expires_at > now() ORDER BY owner
                """).With(options.Kind);
            return new LeaseBeat(owned, await workers.ToListAsync(reader => reader.GetString(0), stop));
        }, stop);

    /// <summary>
    /// Takes partitions that nobody owns or, if asked, whose owner is silent. Not within the time to live of the server's
    /// own start: leases expired while it was away, and their owners must have the time to renew them.
    /// </summary>
    internal Task<List<PartitionLease>> TakeAsync(
        LeaseOptions options, int count, bool alsoExpired, IReadOnlyCollection<int> except, CancellationToken stop) =>
        database.RunAsync("take_leases", async connection =>
        {
            await using var take = connection.Sql("""
                UPDATE leases AS l SET owner = $2, epoch = l.epoch + 1, expires_at = now() + $3
                FROM (
                    SELECT partition FROM leases
                    WHERE kind = $1 AND partition <> ALL ($6)
                      AND (owner IS NULL OR ($5 AND expires_at < now() AND pg_postmaster_start_time() < now() - $3))
                    ORDER BY partition LIMIT $4 FOR UPDATE SKIP LOCKED) AS free
                WHERE l.kind = $1 AND l.partition = free.partition
                RETURNING l.partition, l.epoch
                """)
                .With(options.Kind).With(options.Owner).With(options.TimeToLive).With(count).With(alsoExpired)
                .With(except.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Integer);
            return await take.ToListAsync(reader => LeaseOf(options.Kind, reader), stop);
        }, stop);

    /// <summary>Gives partitions back, so that another worker need not wait for their expiry.</summary>
    internal Task GiveBackAsync(LeaseOptions options, IReadOnlyCollection<PartitionLease> leases, CancellationToken stop) =>
        database.RunAsync("give_back_leases", async connection =>
        {
            await using var command = connection.Sql("""
                UPDATE leases SET owner = NULL WHERE kind = $1 AND owner = $2 AND partition = ANY ($3)
                """).With(options.Kind).With(options.Owner).With(leases.Select(lease => lease.Partition).ToArray());
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    /// <summary>Says good-bye: the others' shares grow at once. Forgets long dead workers by the way.</summary>
    internal Task LeaveAsync(LeaseOptions options, CancellationToken stop) =>
        database.RunAsync("leave_leases", async connection =>
        {
            await using var command = connection.Sql("""
                DELETE FROM lease_workers WHERE kind = $1 AND (owner = $2 OR expires_at < now() - interval '1 day')
                """).With(options.Kind).With(options.Owner);
            await command.ExecuteNonQueryAsync(stop);
        }, stop);

    private static PartitionLease LeaseOf(string kind, NpgsqlDataReader reader) => new(kind, reader.GetInt32(0), reader.GetInt64(1));
}
