namespace CryptoScreener.ExchangeSimulator.Clock;

/// <summary>
/// The exchange's clock: starts at a chosen instant and runs a chosen number of times faster than real time. Speed 0 stands still,
/// so that a test moves it by hand.
/// </summary>
internal sealed class SimulationClock
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private long _realStart;
    private double _simulatedStart;
    private double _speed;

    public SimulationClock(TimeProvider time, DateTimeOffset? start, double speed)
    {
        _time = time;
        _realStart = time.GetTimestamp();
        _simulatedStart = (start ?? time.GetUtcNow()).ToUnixTimeMilliseconds();
        _speed = speed;
    }

    public double Speed
    {
        get
        {
            lock (_lock) return _speed;
        }
    }

    public long NowMs
    {
        get
        {
            lock (_lock) return (long)Read();
        }
    }

    public long NowMinute => NowMs / 60_000;

    public void SetSpeed(double speed)
    {
        lock (_lock)
        {
            _simulatedStart = Read();
            _realStart = _time.GetTimestamp();
            _speed = speed;
        }
    }

    /// <summary>Jumps ahead; everything that closes on the way is still sent.</summary>
    public void Advance(TimeSpan by)
    {
        lock (_lock) _simulatedStart += by.TotalMilliseconds;
    }

    private double Read() => _simulatedStart + (_time.GetElapsedTime(_realStart).TotalMilliseconds * _speed);
}
