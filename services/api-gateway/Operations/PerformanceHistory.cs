namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The samples of the last hour, one every five seconds, oldest first.</summary>
internal sealed class PerformanceHistory
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Queue<PerformanceSample> _samples = new();

    public PerformanceSample? Latest { get; private set; }

    public void Add(PerformanceSample sample)
    {
        lock (_lock)
        {
            _samples.Enqueue(sample);
            Latest = sample;
            while (_samples.Peek().Timestamp <= sample.Timestamp - Kept) _samples.Dequeue();
        }
    }

    public IReadOnlyList<PerformanceSample> Since(DateTime from)
    {
        lock (_lock) return [.. _samples.Where(sample => sample.Timestamp >= from)];
    }
}
