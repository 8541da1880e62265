using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>
/// What of a worker's memory is .NET's heap, by its own metrics. Between two full collections that heap holds garbage too, tens of megabytes
/// over twenty minutes while alerts fire, so only what it holds after one can tell a leak.
/// </summary>
internal sealed class ManagedHeap(LocalProgram worker)
{
    private const double Megabyte = 1 << 20;
    private double _collections = -1;

    /// <summary>In MB: what was in use when it was last collected as a whole. That is counted when it begins, so the least since then is what it left.</summary>
    public double InUse { get; private set; }

    /// <summary>In MB: what it has of the machine.</summary>
    public double Taken { get; private set; }

    public async Task LookAsync()
    {
        var metrics = await ScrapedWorker.ReadAsync(worker);
        Taken = metrics.Sum("dotnet_gc_last_collection_memory_committed_size_bytes") / Megabyte;
        var collections = metrics.Sum("dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}");
        var inUse = (metrics.Sum("dotnet_gc_last_collection_heap_size_bytes") - metrics.Sum("dotnet_gc_last_collection_heap_fragmentation_size_bytes")) / Megabyte;
        InUse = collections == _collections ? Math.Min(InUse, inUse) : inUse;
        _collections = collections;
    }
}
