using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator;

/// <summary>Runs the lanes and, on them, the partitions that are ours.</summary>
internal sealed class CalculatorWorker(
    LaneSet lanes, PartitionLeases leases, PartitionCalculator partitions, Bus bus, ReadinessGate gate, WorkerIdentity identity) : BackgroundService
{
    private const string LeaseKind = "calculator";
    private int _held;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Expect("partitions");
        var options = new LeaseOptions(LeaseKind, LeaseOptions.NewOwner(identity.Instance), bus.Partitions);
        using var lanesEnd = new CancellationTokenSource();
        await Together.RunAsync(
            stoppingToken,
            _ => lanes.RunAsync(lanesEnd.Token),
            stop => HoldPartitionsAsync(options, lanesEnd, stop));
    }

    /// <summary>The lanes end after the partitions were given up: those still ask them for their last states.</summary>
    private async Task HoldPartitionsAsync(LeaseOptions options, CancellationTokenSource lanesEnd, CancellationToken stop)
    {
        try
        {
            await leases.RunAsync(options, (lease, end) => partitions.HoldAsync(lease, Warm, end), stop);
        }
        finally
        {
            await lanesEnd.CancelAsync();
        }
    }

    /// <summary>Ready with the first warm partition: with enough replicas a worker may own none for a while and is then a standby.</summary>
    private void Warm() => gate.Set("partitions", true, $"{Interlocked.Increment(ref _held)} warmed up since the start");
}
