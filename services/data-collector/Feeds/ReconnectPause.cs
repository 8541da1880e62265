namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Exponential pauses with ±20 % jitter, of 30 s at most, never giving up.</summary>
internal sealed class ReconnectPause
{
    private const double Jitter = 0.2;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    // Before the jitter: cutting it off at 30 s instead would send half of the sockets back at the same moment.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30) / (1 + Jitter);
    private TimeSpan _next = First;

    public void Reset() => _next = First;

    public TimeSpan Next()
    {
        var pause = _next * (1 - Jitter + (Random.Shared.NextDouble() * 2 * Jitter));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return pause;
    }
}
