using System.Diagnostics.Metrics;

namespace CryptoScreener.Storage.Connections;

/// <summary>What Storage tells of itself; the names are those that dashboards and alert rules use.</summary>
internal sealed class StorageMetrics : IDisposable
{
    public const string MeterName = "CryptoScreener.Storage";

    private readonly Meter _meter;
    private readonly Counter<long> _queries;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _redisOperations;
    private int _connectionsInUse;
    private long _databaseSize;
    private long _databaseBudget;

    public StorageMetrics(IMeterFactory meters, int maxPoolSize)
    {
        _meter = meters.Create(MeterName);
        _queries = _meter.CreateCounter<long>("database_queries_total", description: "Units of work sent to PostgreSQL, by operation.");
        _errors = _meter.CreateCounter<long>("database_errors_total", description: "Those that failed, by operation and kind.");
        _redisOperations = _meter.CreateCounter<long>("redis_operations_total", description: "Redis operations, by result.");
        _errors.Add(0, new KeyValuePair<string, object?>("operation", "migrate"), new KeyValuePair<string, object?>("kind", "unavailable")); // a rate of it exists before the first error
        foreach (var result in new[] { "ok", "unavailable" }) _redisOperations.Add(0, new KeyValuePair<string, object?>("result", result));
        _meter.CreateObservableGauge(
            "database_connection_pool_size",
            () => new Measurement<int>[]
            {
                new(Volatile.Read(ref _connectionsInUse), new KeyValuePair<string, object?>("state", "used")),
                new(maxPoolSize, new KeyValuePair<string, object?>("state", "max")),
            },
            description: "Connections in use, and how many there may be.");
        _meter.CreateObservableGauge("database_size_bytes", () => Volatile.Read(ref _databaseSize), description: "Size of the database, hourly.");
        _meter.CreateObservableGauge(
            "database_size_budget_bytes", () => Volatile.Read(ref _databaseBudget), description: "What it may grow to; 0 without a budget.");
    }

    internal void Started(string operation) => _queries.Add(1, new KeyValuePair<string, object?>("operation", operation));

    internal void ConnectionTaken() => Interlocked.Increment(ref _connectionsInUse);

    internal void ConnectionReturned() => Interlocked.Decrement(ref _connectionsInUse);

    internal void Failed(string operation, string kind) =>
        _errors.Add(1, new KeyValuePair<string, object?>("operation", operation), new KeyValuePair<string, object?>("kind", kind));

    internal void DatabaseSize(long bytes, long budget)
    {
        Volatile.Write(ref _databaseSize, bytes);
        Volatile.Write(ref _databaseBudget, budget);
    }

    internal void RedisOperation(bool succeeded) =>
        _redisOperations.Add(1, new KeyValuePair<string, object?>("result", succeeded ? "ok" : "unavailable"));

    public void Dispose() => _meter.Dispose();
}
