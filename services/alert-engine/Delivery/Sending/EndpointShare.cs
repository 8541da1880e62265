using System.Collections.Concurrent;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Hosting;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>
/// Which endpoints this deliverer serves: each is served by one at a time, so that its rate and its breaker are kept by whoever knows
/// what was sent. The claims of rows still decide who sends what; this only says who asks for them.
/// </summary>
internal sealed class EndpointShare(PartitionLeases leases, WorkerIdentity identity)
{
    private const string Kind = "deliverer";
    private const int Parts = 64; // a few endpoints spread well enough over a few deliverers

    private readonly ConcurrentDictionary<int, bool> _held = new();

    public bool Has(string endpointId) => _held.ContainsKey(Partitioning.PartOf(endpointId, Parts));

    public Task RunAsync(CancellationToken stop) => leases.RunAsync(new LeaseOptions(Kind, LeaseOptions.NewOwner(identity.Instance), Parts), HoldAsync, stop);

    private async Task HoldAsync(PartitionLease lease, CancellationToken left)
    {
        _held[lease.Partition] = true;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _held.TryRemove(lease.Partition, out _);
    }
}
