namespace CryptoScreener.AlertEngine.Delivery.Sending;

/// <summary>A rate with a burst. One writer.</summary>
internal sealed class TokenBucket(SendRate rate, DateTimeOffset now)
{
    private double _tokens = rate.Burst;
    private DateTimeOffset _at = now;

    public int Available(DateTimeOffset now)
    {
        _tokens = Math.Min(rate.Burst, _tokens + (Math.Max(0, (now - _at).TotalSeconds) * rate.PerSecond));
        _at = now;
        return (int)_tokens;
    }

    public void Take(int count) => _tokens -= count;
}
