namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>Messages per second over a while, and how many at once after a pause.</summary>
internal readonly record struct SendRate(double PerSecond, int Burst)
{
    /// <summary>At most so many a second, from the first message on: never faster than this, which is what the service takes.</summary>
    public SendRate SlowedTo(double? perSecond) => perSecond is { } rate && rate < PerSecond
        ? new(rate, Math.Clamp((int)Math.Ceiling(rate), 1, Burst))
        : this;
}
