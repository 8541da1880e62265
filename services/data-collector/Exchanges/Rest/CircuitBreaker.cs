namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>The values are those of the metric <c>circuit_breaker_state</c>.</summary>
internal enum CircuitState
{
    Closed = 0,

    /// <summary>One request is on its way to find out.</summary>
    HalfOpen = 1,

    Open = 2,
}

/// <summary>
/// Keeps us from an interface that fails each time: after some failures in a row nothing is asked for a while, then one
/// request tries; the while doubles with each trial that fails.
/// </summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    private const int FailuresToOpen = 5;
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private int _failures;
    private TimeSpan _rest = FirstRest;
    private long _openedAt;
    private CircuitState _state;

    public CircuitState State
    {
        get
        {
            lock (_lock) return _state;
        }
    }

    /// <summary>False while it rests, and while another request tries.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_state == CircuitState.Closed) return true;
            if (_state == CircuitState.HalfOpen || time.GetElapsedTime(_openedAt) < _rest) return false;
            _state = CircuitState.HalfOpen;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_lock) (_state, _failures, _rest) = (CircuitState.Closed, 0, FirstRest);
    }

    public void Failed()
    {
        lock (_lock)
        {
            if (_state == CircuitState.HalfOpen) _rest = _rest * 2 < LongestRest ? _rest * 2 : LongestRest;
            else if (++_failures < FailuresToOpen) return;
            (_state, _openedAt) = (CircuitState.Open, time.GetTimestamp());
        }
    }

    /// <summary>Nothing was learned, because the asker left.</summary>
    public void Left()
    {
        lock (_lock)
            if (_state == CircuitState.HalfOpen) (_state, _openedAt) = (CircuitState.Open, time.GetTimestamp());
    }
}
