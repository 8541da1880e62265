using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>Runs the lane and, on it, the partitions that are ours.</summary>
internal sealed class EvaluationWorker(
    EvaluationLane lane, PartitionLeases leases, PartitionEvaluation partitions, Bus bus, ReadinessGate gate, HeartbeatRegistry hearts, WorkerIdentity identity)
    : BackgroundService
{
    private const string LeaseKind = "engine";
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);

    // Longer than a handover may take.
    private static readonly TimeSpan LaneOutlives = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Expect("partitions");
        var options = new LeaseOptions(LeaseKind, LeaseOptions.NewOwner(identity.Instance), bus.Partitions);
        using var heart = hearts.Watch("lane", StuckAfter);
        using var laneEnd = new CancellationTokenSource();
        await Together.RunAsync(
            stoppingToken,
            _ => lane.RunAsync(heart, laneEnd.Token),
            stop => HoldPartitionsAsync(options, laneEnd, stop));
    }

    /// <summary>What the leases hand over lies on the lane. It ends soon after all the same: it may wait for a bus that is away.</summary>
    private async Task HoldPartitionsAsync(LeaseOptions options, CancellationTokenSource laneEnd, CancellationToken stop)
    {
        using var late = stop.Register(() => laneEnd.CancelAfter(LaneOutlives));
        try
        {
            await leases.RunAsync(options, (lease, end) => partitions.HoldAsync(lease, () => gate.Set("partitions", true), end), stop);
        }
        finally
        {
            await laneEnd.CancelAsync();
        }
    }
}
