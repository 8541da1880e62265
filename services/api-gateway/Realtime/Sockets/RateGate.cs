namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>So many a second, and some more at once after a pause. One thread at a time.</summary>
internal sealed class RateGate(int perSecond, int burst, TimeProvider time)
{
    private double _left = burst;
    private long _at = time.GetTimestamp();

    public bool TryTake()
    {
        Refill();
        if (_left < 1) return false;
        _left--;
        return true;
    }

    /// <summary>How long until one may be taken.</summary>
    public TimeSpan Wait
    {
        get
        {
            Refill();
            return _left >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / perSecond);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}
