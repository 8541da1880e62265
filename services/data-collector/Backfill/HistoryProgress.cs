namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Counts how far the long history of one exchange is. Written by those who load it, read by logs, metrics and the endpoint.</summary>
internal sealed class HistoryProgress(string exchange, TimeProvider time)
{
    private readonly Lock _lock = new();
    private HistoryStatus _status = new(exchange, 0, 0, 0, 0, 0, 0, null, null);
    private long _startedAt;
    private long _doneAtStart;

    public HistoryStatus Now
    {
        get
        {
            lock (_lock) return _status with { SecondsLeft = SecondsLeft() };
        }
    }

    public long BarsLeft
    {
        get
        {
            lock (_lock) return _status.Bars - _status.BarsDone;
        }
    }

    public void Expect(long bars)
    {
        lock (_lock)
        {
            if (_status.Complete) (_startedAt, _doneAtStart, _status) = (time.GetTimestamp(), _status.BarsDone, _status with { StartedAt = time.GetUtcNow() });
            _status = _status with { Instruments = _status.Instruments + 1, Bars = _status.Bars + bars };
        }
    }

    public void Stored(int candles)
    {
        lock (_lock) _status = _status with { Stored = _status.Stored + candles };
    }

    public void Failed()
    {
        lock (_lock) _status = _status with { Failures = _status.Failures + 1 };
    }

    public void Passed(long bars)
    {
        lock (_lock) _status = _status with { BarsDone = _status.BarsDone + bars };
    }

    public void InstrumentDone()
    {
        lock (_lock) _status = _status with { InstrumentsDone = _status.InstrumentsDone + 1 };
    }

    /// <summary>It is another collector's now, or gone: neither expected nor done.</summary>
    public void Forget(long bars)
    {
        lock (_lock) _status = _status with { Instruments = _status.Instruments - 1, Bars = _status.Bars - bars };
    }

    private double? SecondsLeft()
    {
        var done = _status.BarsDone - _doneAtStart;
        if (_status.Complete || done <= 0) return null;
        return Math.Round(time.GetElapsedTime(_startedAt).TotalSeconds * (_status.Bars - _status.BarsDone) / done);
    }
}
