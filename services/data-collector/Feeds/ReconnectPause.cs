namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Exponential pauses with ±20 % jitter, capped at 30 s, never giving up.</summary>
internal sealed class ReconnectPause
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public TimeSpan Next()
    {
        var pause = _next * (0.8 + (Random.Shared.NextDouble() * 0.4));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }
}
