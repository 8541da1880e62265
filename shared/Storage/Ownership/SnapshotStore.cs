using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Ownership;

/// <summary>The newest state of each name in a partition, from which a restarted worker goes on.</summary>
public sealed class SnapshotStore
{
    private readonly Database _database;

    internal SnapshotStore(Database database) => _database = database;

    /// <summary>Replaces the stored snapshots of these names, together with the reader's checkpoint.</summary>
    public static async Task SaveAsync(
        FencedTransaction transaction, string kind, int partition, IReadOnlyList<(string Name, Snapshot Snapshot)> snapshots, CancellationToken stop)
    {
        foreach (var (name, snapshot) in snapshots)
        {
            await using var command = transaction.Connection.Sql("""
                INSERT INTO snapshots (kind, partition, name, format, sequence, taken_at, content) VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (kind, partition, name) DO UPDATE SET
                    format = excluded.format, sequence = excluded.sequence, taken_at = excluded.taken_at, content = excluded.content
                """)
                .With(kind).With(partition).With(name).With(snapshot.Format).With(snapshot.Sequence).WithTime(snapshot.TakenAt)
                .With(snapshot.Content, NpgsqlDbType.Bytea);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Removes what was taken before a time (unix ms): its subject is gone.</summary>
    public static async Task RemoveOlderAsync(FencedTransaction transaction, string kind, int partition, long takenBefore, CancellationToken stop)
    {
        await using var command = transaction.Connection.Sql("DELETE FROM snapshots WHERE kind = $1 AND partition = $2 AND taken_at < $3")
            .With(kind).With(partition).WithTime(takenBefore);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>All snapshots of a partition, by name.</summary>
    public Task<Dictionary<string, Snapshot>> ReadAsync(string kind, int partition, CancellationToken stop = default) =>
        _database.RunAsync("read_snapshots", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT name, format, sequence, taken_at, content FROM snapshots WHERE kind = $1 AND partition = $2
                """).With(kind).With(partition);
            var rows = await command.ToListAsync(reader => KeyValuePair.Create(reader.GetString(0), SnapshotOf(reader, 1)), stop);
            return rows.ToDictionary(StringComparer.Ordinal);
        }, stop);

    /// <summary>The snapshot of one name, null before the first; the others of its kind may be large and stay where they are.</summary>
    public Task<Snapshot?> FindAsync(string kind, int partition, string name, CancellationToken stop = default) =>
        _database.RunAsync<Snapshot?>("find_snapshot", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT format, sequence, taken_at, content FROM snapshots WHERE kind = $1 AND partition = $2 AND name = $3
                """).With(kind).With(partition).With(name);
            await using var rows = await command.ExecuteReaderAsync(stop);
            return await rows.ReadAsync(stop) ? SnapshotOf(rows, 0) : null;
        }, stop);

    private static Snapshot SnapshotOf(NpgsqlDataReader rows, int column) => new(
        rows.GetInt32(column), rows.GetInt64(column + 1), rows.GetUnixMs(column + 2), rows.GetFieldValue<byte[]>(column + 3));
}
