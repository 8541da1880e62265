namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>How an exchange's REST interface does: its circuit, how long it takes and how much of what we ask fails (of late).</summary>
internal sealed class RestHealth(TimeProvider time)
{
    private const double Newest = 0.1; // of the moving averages
    private readonly Lock _lock = new();
    private double? _responseMs;
    private double? _errorRate;

    public CircuitBreaker Circuit { get; } = new(time);

    public double? ResponseMs
    {
        get
        {
            lock (_lock) return _responseMs;
        }
    }

    /// <summary>0 to 1; null before the first request.</summary>
    public double? ErrorRate
    {
        get
        {
            lock (_lock) return _errorRate;
        }
    }

    public void Answered(TimeSpan after, bool isFailure)
    {
        lock (_lock)
        {
            _responseMs = Mixed(_responseMs, after.TotalMilliseconds);
            _errorRate = Mixed(_errorRate, isFailure ? 1 : 0);
        }

        if (isFailure) Circuit.Failed();
        else Circuit.Succeeded();
    }

    private static double Mixed(double? before, double now) => before is { } known ? known + (Newest * (now - known)) : now;
}
