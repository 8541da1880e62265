namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>
/// How many messages a client may send in a second of real time. A burst of half as many again is let through: fifteen back to
/// back were answered where ten are documented.
/// </summary>
internal sealed class MessageRate(int perSecond, TimeProvider time)
{
    private readonly double _burst = perSecond * 1.5;
    private double _tokens = perSecond * 1.5;
    private long _last = time.GetTimestamp();

    public bool TryTake()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_burst, _tokens + (time.GetElapsedTime(_last, now).TotalSeconds * perSecond));
        _last = now;
        if (_tokens < 1) return false;
        _tokens--;
        return true;
    }
}
