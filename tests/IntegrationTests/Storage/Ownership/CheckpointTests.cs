using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Ownership;

public sealed class CheckpointTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    private static readonly PartitionLease Old = new("test", 3, 1);
    private static readonly PartitionLease New = Old with { Epoch = 2 };

    [Fact]
    public async Task A_new_owner_goes_on_where_the_former_one_committed()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        Assert.Null(await checkpoints.ReadAsync("r", 3));
        Assert.Equal(new Checkpoint(0, 0), await checkpoints.AdoptAsync("r", Old));
        await checkpoints.CommitAsync("r", Old, new Checkpoint(41, 7), (_, _) => Task.CompletedTask);

        Assert.Equal(new Checkpoint(41, 7), await checkpoints.AdoptAsync("r", New));
        Assert.Equal(new Checkpoint(41, 7), await checkpoints.ReadAsync("r", 3));
    }

    [Fact]
    public async Task A_former_owner_can_neither_commit_rows_nor_come_back()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        await storage.ExecuteAsync("CREATE TABLE effects (message bigint)");
        await checkpoints.AdoptAsync("r", Old);
        await checkpoints.AdoptAsync("r", New);

        await Assert.ThrowsAsync<LeaseLostException>(() => checkpoints.CommitAsync("r", Old, new Checkpoint(5, 0), InsertAsync));
        await Assert.ThrowsAsync<LeaseLostException>(() => checkpoints.AdoptAsync("r", Old));

        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM effects"));
        Assert.Equal(new Checkpoint(0, 0), await checkpoints.ReadAsync("r", 3));
    }

    [Fact]
    public async Task Rows_and_checkpoint_are_written_both_or_neither()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        await storage.ExecuteAsync("CREATE TABLE effects (message bigint)");
        await checkpoints.AdoptAsync("r", Old);

        await Assert.ThrowsAsync<InvalidDataException>(() => checkpoints.CommitAsync("r", Old, new Checkpoint(5, 0), async (transaction, stop) =>
        {
            await InsertAsync(transaction, stop);
            throw new InvalidDataException();
        }));
        Assert.Equal(0, await storage.ScalarAsync<long>("SELECT count(*) FROM effects"));
        Assert.Equal(new Checkpoint(0, 0), await checkpoints.ReadAsync("r", 3));

        await checkpoints.CommitAsync("r", Old, new Checkpoint(5, 0), InsertAsync);
        Assert.Equal(1, await storage.ScalarAsync<long>("SELECT count(*) FROM effects"));
        Assert.Equal(new Checkpoint(5, 0), await checkpoints.ReadAsync("r", 3));
    }

    [Fact]
    public async Task A_take_over_waits_for_the_open_commit_and_then_reads_its_checkpoint()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        await checkpoints.AdoptAsync("r", Old);
        Task<Checkpoint>? takeOver = null;

        await checkpoints.CommitAsync("r", Old, new Checkpoint(9, 0), async (_, _) =>
        {
            takeOver = checkpoints.AdoptAsync("r", New, CancellationToken.None);
            await Eventually.TrueAsync(
                async () => await storage.ScalarAsync<long>("SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()") == 1,
                "the new owner waits");
        });

        Assert.Equal(new Checkpoint(9, 0), await takeOver!);
    }

    [Fact]
    public async Task Snapshots_are_replaced_with_the_checkpoint_and_read_back()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        await checkpoints.AdoptAsync("r", Old);
        foreach (var sequence in new[] { 4, 8 })
        {
            await checkpoints.CommitAsync("r", Old, new Checkpoint(sequence, 0), (transaction, stop) => SnapshotStore.SaveAsync(
                transaction, "calculator", 3, [("BTC", new Snapshot(1, sequence, 60_000, new byte[] { 1, (byte)sequence }))], stop));
        }

        var read = await storage.Get<SnapshotStore>().ReadAsync("calculator", 3);
        var (name, snapshot) = Assert.Single(read);
        Assert.Equal("BTC", name);
        Assert.Equal((1, 8L, 60_000L), (snapshot.Format, snapshot.Sequence, snapshot.TakenAt));
        Assert.Equal([1, 8], snapshot.Content.ToArray());
        Assert.Empty(await storage.Get<SnapshotStore>().ReadAsync("calculator", 4));
    }

    [Fact]
    public async Task One_snapshot_is_found_by_its_name()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var checkpoints = storage.Get<CheckpointStore>();
        await checkpoints.AdoptAsync("r", Old);
        await checkpoints.CommitAsync("r", Old, new Checkpoint(4, 0), (transaction, stop) => SnapshotStore.SaveAsync(
            transaction, "engine", 3, [("own", new Snapshot(2, 4, 60_000, new byte[] { 1 })), ("for people", new Snapshot(1, 4, 60_000, new byte[] { 2 }))], stop));

        var snapshots = storage.Get<SnapshotStore>();
        var found = await snapshots.FindAsync("engine", 3, "own");
        Assert.NotNull(found);
        Assert.Equal((2, 4L, 60_000L), (found.Format, found.Sequence, found.TakenAt));
        Assert.Equal([1], found.Content.ToArray());
        Assert.Null(await snapshots.FindAsync("engine", 3, "other"));
        Assert.Null(await snapshots.FindAsync("engine", 4, "own"));
        Assert.Null(await snapshots.FindAsync("calculator", 3, "own"));
    }

    private static async Task InsertAsync(FencedTransaction transaction, CancellationToken stop)
    {
        await using var command = transaction.Connection.Sql("INSERT INTO effects VALUES (1)");
        await command.ExecuteNonQueryAsync(stop);
    }
}
