using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Ownership;

/// <summary>
/// Where each reader stands in its partition. The row carries the epoch of the reader's owner: the new owner raises it
/// before it reads, so what the former one still tries to commit finds no row to update, and its rows roll back.
/// </summary>
public sealed class CheckpointStore
{
    private readonly Database _database;

    internal CheckpointStore(Database database) => _database = database;

    /// <summary>Takes the reader's place over for this lease and tells where to go on; sequence 0 before the first commit.</summary>
    /// <exception cref="LeaseLostException">A newer owner was here already.</exception>
    public Task<Checkpoint> AdoptAsync(string reader, PartitionLease lease, CancellationToken stop = default) =>
        _database.RunAsync("adopt_checkpoint", async connection =>
        {
            await using var command = connection.Sql("""
                INSERT INTO checkpoints AS c (reader, partition, epoch, sequence, stream_epoch) VALUES ($1, $2, $3, 0, 0)
                ON CONFLICT (reader, partition) DO UPDATE SET epoch = excluded.epoch WHERE c.epoch <= excluded.epoch
                RETURNING sequence, stream_epoch
                """).With(reader).With(lease.Partition).With(lease.Epoch);
            await using var rows = await command.ExecuteReaderAsync(stop);
            return await rows.ReadAsync(stop) ? CheckpointOf(rows) : throw Lost(reader, lease);
        }, stop);

    /// <summary>Looks without taking over; null before the first owner.</summary>
    public Task<Checkpoint?> ReadAsync(string reader, int partition, CancellationToken stop = default) =>
        _database.RunAsync<Checkpoint?>("read_checkpoint", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT sequence, stream_epoch FROM checkpoints WHERE reader = $1 AND partition = $2
                """).With(reader).With(partition);
            await using var rows = await command.ExecuteReaderAsync(stop);
            return await rows.ReadAsync(stop) ? CheckpointOf(rows) : null;
        }, stop);

    /// <summary>
    /// Writes rows and moves the checkpoint in one transaction. When it throws, nothing was written, or (the connection
    /// broke during the commit) all was: repeating it is right in either case, because the stores' writes are idempotent.
    /// </summary>
    /// <exception cref="LeaseLostException">Another owns the partition; nothing was written.</exception>
    public Task CommitAsync(
        string reader, PartitionLease lease, Checkpoint checkpoint, Func<FencedTransaction, CancellationToken, Task> write, CancellationToken stop = default) =>
        _database.InTransactionAsync("commit_checkpoint", async connection =>
        {
            // First: it finds out early, and from here on a new owner waits for our end before it reads.
            await using var command = connection.Sql("""
                UPDATE checkpoints SET sequence = $4, stream_epoch = $5, updated_at = now()
                WHERE reader = $1 AND partition = $2 AND epoch = $3
                """).With(reader).With(lease.Partition).With(lease.Epoch).With(checkpoint.Sequence).With(checkpoint.StreamEpoch);
            if (await command.ExecuteNonQueryAsync(stop) == 0) throw Lost(reader, lease);
            await write(new FencedTransaction(connection), stop);
            return checkpoint;
        }, stop);

    private static Checkpoint CheckpointOf(NpgsqlDataReader rows) => new(rows.GetInt64(0), rows.GetInt64(1));

    private static LeaseLostException Lost(string reader, PartitionLease lease) =>
        new($"{reader} no longer owns partition {lease.Partition} of {lease.Kind} (epoch {lease.Epoch}); a newer owner goes on.");
}
