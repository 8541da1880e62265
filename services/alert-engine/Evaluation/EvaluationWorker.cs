using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>Runs the lane and, on it, the partitions that are ours.</summary>
internal sealed class EvaluationWorker(
    EvaluationLane lane, PartitionLeases leases, PartitionEvaluation partitions, Bus bus, ReadinessGate gate, WorkerIdentity identity) : BackgroundService
{
    private const string LeaseKind = "engine";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Expect("partitions");
        var options = new LeaseOptions(LeaseKind, LeaseOptions.NewOwner(identity.Instance), bus.Partitions);
        try
        {
            await Together.RunAsync(
                stoppingToken,
                lane.RunAsync,
                stop => leases.RunAsync(options, (lease, end) => partitions.HoldAsync(lease, () => gate.Set("partitions", true), end), stop));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }
}
