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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Expect("partitions");
        var options = new LeaseOptions(LeaseKind, LeaseOptions.NewOwner(identity.Instance), bus.Partitions);
        using var heart = hearts.Watch("lane", StuckAfter);
        try
        {
            await Together.RunAsync(
                stoppingToken,
                stop => lane.RunAsync(heart, stop),
                stop => leases.RunAsync(options, (lease, end) => partitions.HoldAsync(lease, () => gate.Set("partitions", true), end), stop));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }
}
