namespace CryptoScreener.DataCollector.Candles;

/// <summary>
/// The exchange's own time, from its events: it decides when a minute is over. Between events it runs with the local
/// clock, never backwards, so a wrong local clock shifts nothing.
/// </summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    private long _lastEvent;
    private long _seenAt = time.GetTimestamp();

    /// <summary>0 before anything was observed.</summary>
    public long Now => _lastEvent == 0 ? 0 : _lastEvent + (long)time.GetElapsedTime(_seenAt).TotalMilliseconds;

    public void Observe(long exchangeTime)
    {
        if (exchangeTime <= Now) return;
        _lastEvent = exchangeTime;
        _seenAt = time.GetTimestamp();
    }
}
