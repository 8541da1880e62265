using System.Globalization;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.EndToEndTests.Soak;

/// <summary>
/// What of a worker's memory is .NET's heap, by its own metrics. Between two full collections that heap holds garbage too, tens of megabytes
/// over twenty minutes while alerts fire, so only what it holds after one can tell a leak.
/// </summary>
internal sealed class ManagedHeap(LocalProgram worker)
{
    private const double Megabyte = 1 << 20;
    private static readonly HttpClient Http = new();

    private double _collections = -1;

    /// <summary>In MB: what was in use when it was last collected as a whole. That is counted when it begins, so the least since then is what it left.</summary>
    public double InUse { get; private set; }

    /// <summary>In MB: what it has of the machine.</summary>
    public double Taken { get; private set; }

    public async Task LookAsync()
    {
        var lines = (await Http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{worker.HealthPort}/metrics"))).Split('\n');
        Taken = Sum("dotnet_gc_last_collection_memory_committed_size_bytes") / Megabyte;
        var collections = Sum("dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}");
        var inUse = (Sum("dotnet_gc_last_collection_heap_size_bytes{") - Sum("dotnet_gc_last_collection_heap_fragmentation_size_bytes{")) / Megabyte;
        InUse = collections == _collections ? Math.Min(InUse, inUse) : inUse;
        _collections = collections;

        double Sum(string metric) => lines.Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
