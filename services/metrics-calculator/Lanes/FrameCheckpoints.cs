using System.Threading.Channels;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>Where frames were calculated through, kept when they are in the stream; the newest position is enough.</summary>
internal sealed class FrameCheckpoints(CheckpointStore checkpoints, SnapshotStore snapshots, StoredPublisher stored, WhenAvailable whenAvailable, TimeProvider time)
{
    private const string ReaderName = "frames";
    private const string SnapshotKind = "calculator";
    private const string SnapshotName = "marked-minutes";
    private const int Format = 1;

    internal sealed record Reached(Checkpoint Checkpoint, IReadOnlyDictionary<string, long> MarkedMinutes);

    public Task<Reached> AdoptAsync(PartitionLease lease, CancellationToken stop) => whenAvailable.RunAsync(
        "taking over calculation",
        async token =>
        {
            var checkpoint = await checkpoints.AdoptAsync(ReaderName, lease, token);
            var saved = await snapshots.ReadAsync(SnapshotKind, lease.Partition, token);
            var known = saved.TryGetValue(SnapshotName, out var snapshot) && snapshot.Format == Format && snapshot.Sequence == checkpoint.Sequence;
            return new Reached(checkpoint, known ? FramePositionJson.Read(snapshot!.Content.Span) : []);
        },
        stop);

    /// <summary>Holds the newest position until it is stored; while the database is away newer ones replace it.</summary>
    public static Channel<Reached> NewQueue() =>
        Channel.CreateBounded<Reached>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public async Task StoreAllAsync(PartitionLease lease, ChannelReader<Reached> reached, CancellationToken stop)
    {
        await foreach (var position in reached.ReadAllAsync(stop))
        {
            await stored.FlushAsync(stop);
            await whenAvailable.RunAsync("storing a frame position", token => StoreAsync(lease, position, token), stop);
        }
    }

    private Task StoreAsync(PartitionLease lease, Reached position, CancellationToken stop)
    {
        var content = FramePositionJson.Write(new Dictionary<string, long>(position.MarkedMinutes));
        var snapshot = new Snapshot(Format, position.Checkpoint.Sequence, time.GetUtcNow().ToUnixTimeMilliseconds(), content);
        return checkpoints.CommitAsync(
            ReaderName,
            lease,
            position.Checkpoint,
            (transaction, token) => SnapshotStore.SaveAsync(transaction, SnapshotKind, lease.Partition, [(SnapshotName, snapshot)], token),
            stop);
    }
}
