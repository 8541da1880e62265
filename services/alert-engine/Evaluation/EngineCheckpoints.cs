using System.Threading.Channels;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.Rules;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>Rule states and the position they belong to, stored together when every alert of theirs is in its stream.</summary>
internal sealed class EngineCheckpoints(
    CheckpointStore checkpoints, SnapshotStore snapshots, AlertOutbox outbox, WhenAvailable whenAvailable, TimeProvider time)
{
    private const string ReaderName = "evaluation";
    private const string SnapshotKind = RulePhaseStore.Kind;
    private const string SnapshotName = "triggers";
    private const int Format = 2;

    internal sealed record Reached(StreamPosition Position, List<SavedInstrument> States);

    /// <summary>Only the newest is worth storing; while the database is away newer ones replace it.</summary>
    public static Channel<Reached> NewQueue() =>
        Channel.CreateBounded<Reached>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public Task<(StreamPosition Position, IReadOnlyList<SavedInstrument> States)> AdoptAsync(PartitionLease lease, CancellationToken stop) =>
        whenAvailable.RunAsync("taking over evaluation", async token =>
        {
            var checkpoint = await checkpoints.AdoptAsync(ReaderName, lease, token);
            var saved = await snapshots.FindAsync(SnapshotKind, lease.Partition, SnapshotName, token);
            IReadOnlyList<SavedInstrument> states = saved?.Format == Format ? SavedInstrumentJson.Read(saved.Content.ToArray()) : [];
            return (new StreamPosition((ulong)checkpoint.Sequence, checkpoint.StreamEpoch), states);
        }, stop);

    public async Task StoreAllAsync(PartitionLease lease, ChannelReader<Reached> reached, CancellationToken stop)
    {
        await foreach (var state in reached.ReadAllAsync(stop)) await StoreAsync(lease, state, stop);
    }

    public async Task StoreAsync(PartitionLease lease, Reached reached, CancellationToken stop)
    {
        await outbox.FlushAsync(stop);
        var checkpoint = new Checkpoint((long)reached.Position.Sequence, reached.Position.StreamCreated);
        // Written once: while the database is away they are tried again and again.
        var (states, phases) = (SavedInstrumentJson.Write(reached.States), RulePhaseStore.Write(SavedPhases.Of(reached.States)));
        await whenAvailable.RunAsync("storing rule states", token => CommitAsync(lease, checkpoint, states, phases, token), stop);
    }

    private Task CommitAsync(PartitionLease lease, Checkpoint checkpoint, byte[] states, byte[] phases, CancellationToken stop)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var snapshot = new Snapshot(Format, checkpoint.Sequence, now, states);
        var forPeople = RulePhaseStore.Of(phases, checkpoint.Sequence, now);
        return checkpoints.CommitAsync(
            ReaderName,
            lease,
            checkpoint,
            (transaction, token) => SnapshotStore.SaveAsync(transaction, SnapshotKind, lease.Partition, [(SnapshotName, snapshot), forPeople], token),
            stop);
    }
}
