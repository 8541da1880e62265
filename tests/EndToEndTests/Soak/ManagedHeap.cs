using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>What of a worker's memory is .NET's heap, by its own metrics, when it has just been collected as a whole.</summary>
internal sealed class ManagedHeap(LocalProgram worker)
{
    private const double Megabyte = 1 << 20;
    private double _collections = -1;

    /// <summary>In MB: what something holds.</summary>
    public double InUse { get; private set; }

    /// <summary>In MB: what it has of the machine.</summary>
    public double Taken { get; private set; }

    public async Task LookAsync()
    {
        if (!worker.IsRunning) throw new InvalidOperationException($"{worker.Name} ended; {worker.LogFile} says why");
        await WholeCollection.InduceAsync(worker.ProcessId);
        var metrics = await ScrapedWorker.ReadAsync(worker);
        var collections = metrics.Sum("dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}");
        if (collections <= _collections) throw new InvalidOperationException($"{worker.Name} was asked to collect its whole heap and has not");
        _collections = collections;
        Taken = metrics.Sum("dotnet_gc_last_collection_memory_committed_size_bytes") / Megabyte;
        InUse = (metrics.Sum("dotnet_gc_last_collection_heap_size_bytes") - metrics.Sum("dotnet_gc_last_collection_heap_fragmentation_size_bytes")) / Megabyte;
    }
}
