using System.Globalization;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Runs the exchanges and tells each which partitions are ours.</summary>
internal sealed class CollectorWorker(
    ExchangeWorkers exchanges, PartitionLeases leases, Bus bus, ReadinessGate gate, WorkerIdentity identity, TimeProvider time) : BackgroundService
{
    private const string LeaseKind = "collector";
    private static readonly TimeSpan ReadinessInterval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        gate.Expect("history");
        var options = new LeaseOptions(LeaseKind, LeaseOptions.NewOwner(identity.Instance), bus.Partitions);
        await bus.WhenReadyAsync(stoppingToken);
        await Together.RunAsync(
            stoppingToken,
            [.. exchanges.All.Select(e => (Func<CancellationToken, Task>)e.RunAsync), stop => leases.RunAsync(options, HoldAsync, stop), ReportAsync]);
    }

    private async Task HoldAsync(PartitionLease lease, CancellationToken end)
    {
        foreach (var exchange in exchanges.All) exchange.Own(lease);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, end);
        }
        finally
        {
            foreach (var exchange in exchanges.All) exchange.Disown(lease);
        }
    }

    private async Task ReportAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ReadinessInterval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var warm = exchanges.All.Count == 0 || exchanges.All.Any(e => e.IsWarm);
            gate.Set("history", warm, warm ? "" : string.Create(CultureInfo.InvariantCulture, $"loading the start-up history: instruments left {exchanges.All.Sum(e => e.InstrumentsLeft)}"));
        }
    }
}
