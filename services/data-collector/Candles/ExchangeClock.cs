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

    /// <summary>A day ahead of what we know is another unit or a defect, not a time: it would close millions of minutes.</summary>
    private const long MaxJumpMs = 86_400_000;

    public void Observe(long exchangeTime)
    {
        if (exchangeTime <= Now || (_lastEvent != 0 && exchangeTime - Now > MaxJumpMs)) return;
        _lastEvent = exchangeTime;
        _seenAt = time.GetTimestamp();
    }
}
