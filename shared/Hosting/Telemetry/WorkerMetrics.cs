using System.Diagnostics.Metrics;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Logging;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>What every worker says of itself.</summary>
public sealed class WorkerMetrics
{
    private readonly Counter<long> _errors;
    private volatile bool _active;

    public WorkerMetrics(IMeterFactory meters, HeartbeatRegistry hearts, TimeProvider time)
    {
        var meter = meters.Create("CryptoScreener.Worker");
        _errors = meter.CreateCounter<long>("worker_errors", description: "Errors that were logged, by the part of the system (the log's streams) they came from.");
        meter.CreateObservableGauge("worker_active", () => _active ? 1 : 0, description: "1 from started to draining, otherwise 0.");
        var start = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        meter.CreateObservableGauge("worker_start_timestamp", () => start, "s", "When this process started; each change is a restart.");
        meter.CreateObservableGauge("worker_processors", () => Environment.ProcessorCount, description: "Processors this process may use.");
        meter.CreateObservableGauge(
            "worker_memory_limit", () => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, "By", "Memory this process may use: its container's, or the machine's.");
        meter.CreateObservableGauge(
            "worker_heartbeat_timestamp",
            () => hearts.Loops.Select(heart => new Measurement<double>(
                (time.GetUtcNow() - heart.Silence).ToUnixTimeMilliseconds() / 1000.0, new KeyValuePair<string, object?>("loop", heart.Loop))),
            "s",
            "When each loop last gave a sign of life; now for a loop that waits for input.");
    }

    internal bool Active
    {
        set
        {
            _active = value;
            if (!value) return;
            foreach (var stream in LogStream.All) _errors.Add(0, new KeyValuePair<string, object?>("type", stream)); // a rate exists before the first error
        }
    }

    /// <summary>Counts an error by a fixed word for its kind, never by anything taken from the data.</summary>
    public void Error(string type) => _errors.Add(1, new KeyValuePair<string, object?>("type", type));
}
