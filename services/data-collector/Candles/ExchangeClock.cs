using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>
/// The exchange's own time, from its events: it decides when a minute is over. Between events it runs with the local clock,
/// so a wrong local clock shifts nothing. What counts is how far the most punctual event of the last minutes was ahead of
/// the local clock; an exchange's clock that was ahead for a while is forgotten with its events.
/// </summary>
internal sealed class ExchangeClock(TimeProvider time)
{
    /// <summary>An event this far ahead of what we know may be a defect: it would end minutes that have not passed.</summary>
    private const long JumpMs = 5_000;

    /// <summary>
    /// So many events in a row must say that time jumped, and it jumps as far as the least of them says: a candle a day ahead
    /// among two that begin a new minute is not believed. They need not agree on how far, nor for how long: in an
    /// accelerated market no two do, because every event is far ahead of what our clock made of the one before. One from
    /// the time we know is enough against it.
    /// </summary>
    private const int Confirmations = 3;

    /// <summary>Longer than a minute, because some exchanges tell the time only when a candle begins.</summary>
    private const long WindowMs = 150_000;

    private readonly long _start = time.GetTimestamp();
    private long? _offset;
    private long _newest;
    private long _earlier;
    private long _windowStart;
    private int _jumps;
    private long _leastJump;

    /// <summary>0 before anything was observed.</summary>
    public long Now => _offset is { } offset ? offset + Local : 0;

    /// <summary>How far it is ahead of our clock (ms); 0 before anything was observed.</summary>
    public long Ahead => _offset is null ? 0 : Now - time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Local => (long)time.GetElapsedTime(_start).TotalMilliseconds;

    /// <summary>
    /// Some exchanges' candles tell no time but their own. So a candle of nonsense cannot say that time jumped, and the first
    /// of all cannot say what time it is: the exchange is asked for it before anything depends on it.
    /// </summary>
    public void Observe(in Kline kline)
    {
        if (_offset is not { } known) return;
        var local = Local;
        if (kline.EventTime - local - known > JumpMs && kline.Candle.Absurdity() is not null) return;
        Observe(kline.EventTime, local);
    }

    public void Observe(long exchangeTime) => Observe(exchangeTime, Local);

    private void Observe(long exchangeTime, long local)
    {
        var offset = exchangeTime - local;
        if (_offset is { } known && offset - known > JumpMs)
        {
            _leastJump = _jumps == 0 ? offset : Math.Min(_leastJump, offset);
            if (++_jumps < Confirmations) return;
            offset = _leastJump;
        }

        _jumps = 0;
        if (_offset is null) (_newest, _earlier, _windowStart) = (offset, offset, local);
        else if (local - _windowStart > WindowMs) (_earlier, _newest, _windowStart) = (_newest, offset, local);
        else _newest = Math.Max(_newest, offset);
        _offset = Math.Max(_newest, _earlier);
    }
}
