using System.Threading.Channels;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>Where frames were calculated through, kept when they are in the stream; the newest position is enough.</summary>
internal sealed class FrameCheckpoints(
    CheckpointStore checkpoints, SnapshotStore snapshots, StateStore states, StoredPublisher stored, WhenAvailable whenAvailable,
    IOptions<CalculatorOptions> options, TimeProvider time)
{
    private const string ReaderName = "frames";
    private const string SnapshotKind = "calculator";
    private const string SnapshotName = "marked-minutes";
    private const int Format = 1;

    /// <summary>Less than a worker has to stop in.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    internal sealed record Reached(Checkpoint Checkpoint, IReadOnlyDictionary<string, long> MarkedMinutes);

    public Task<Reached> AdoptAsync(PartitionLease lease, CancellationToken stop) => whenAvailable.RunAsync(
        "taking over calculation",
        async token =>
        {
            var checkpoint = await checkpoints.AdoptAsync(ReaderName, lease, token);
            var saved = await snapshots.FindAsync(SnapshotKind, lease.Partition, SnapshotName, token);
            var isKnown = saved?.Format == Format && saved.Sequence == checkpoint.Sequence;
            return new Reached(checkpoint, isKnown ? FramePositionJson.Read(saved!.Content.Span) : []);
        },
        stop);

    /// <summary>Holds the newest position until it is stored; while the database is away newer ones replace it.</summary>
    public static Channel<Reached> NewQueue() =>
        Channel.CreateBounded<Reached>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Stores positions until it has to stop, with the states every <see cref="CalculatorOptions.StateSeconds"/> and once more at the end.</summary>
    public async Task StoreAllAsync(PartitionLease lease, ChannelReader<Reached> reached, CancellationToken stop)
    {
        var statesEvery = TimeSpan.FromSeconds(options.Value.StateSeconds);
        Reached? last = null;
        var statesAt = time.GetTimestamp();
        try
        {
            await foreach (var position in reached.ReadAllAsync(stop))
            {
                var withStates = time.GetElapsedTime(statesAt) >= statesEvery;
                await StoreAsync(lease, position, withStates, stop);
                last = position;
                if (withStates) statesAt = time.GetTimestamp();
            }
        }
        finally
        {
            if (last is not null) await StoreLastAsync(lease, last);
        }
    }

    private async Task StoreLastAsync(PartitionLease lease, Reached position)
    {
        using var end = new CancellationTokenSource(LastPatience, time);
        try
        {
            await StoreAsync(lease, position, withStates: true, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or LeaseLostException or ChannelClosedException)
        {
            // the database, the bus or the partition is gone already: the next owner goes on from an earlier state
        }
    }

    private async Task StoreAsync(PartitionLease lease, Reached position, bool withStates, CancellationToken stop)
    {
        var taken = withStates ? await states.TakeAsync(lease.Partition, position.Checkpoint.Sequence, stop) : [];
        await stored.FlushAsync(stop); // behind the states: all frames they know of are in the stream
        await whenAvailable.RunAsync("storing a frame position", token => CommitAsync(lease, position, taken, token), stop);
    }

    private Task CommitAsync(
        PartitionLease lease, Reached position, IReadOnlyList<(string Name, Snapshot Snapshot)> taken, CancellationToken stop)
    {
        var content = FramePositionJson.Write(new Dictionary<string, long>(position.MarkedMinutes));
        var snapshot = new Snapshot(Format, position.Checkpoint.Sequence, time.GetUtcNow().ToUnixTimeMilliseconds(), content);
        return checkpoints.CommitAsync(
            ReaderName,
            lease,
            position.Checkpoint,
            async (transaction, token) =>
            {
                await SnapshotStore.SaveAsync(transaction, SnapshotKind, lease.Partition, [(SnapshotName, snapshot)], token);
                await StateStore.SaveAsync(transaction, lease.Partition, taken, token);
            },
            stop);
    }
}
