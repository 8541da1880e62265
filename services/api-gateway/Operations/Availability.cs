namespace CryptoScreener.ApiGateway.Operations;

/// <summary>For how much of the last hour an exchange was live, by the status its collector sends every five seconds. Pure.</summary>
internal sealed class Availability
{
    public const long IntervalMs = 5_000;
    private const long WindowMs = 3_600_000;

    private readonly Queue<(long At, bool IsLive)> _said = new();
    private int _live;
    private long _last = long.MinValue;

    public void Add(long at, bool isLive)
    {
        if (at <= _last) return; // of two collectors in turn the later word counts
        _last = at;
        _said.Enqueue((at, isLive));
        if (isLive) _live++;
        Drop(at);
    }

    /// <summary>From 0 to 1; silence counts as unavailable. Null before a minute has been watched: one word says little.</summary>
    public double? At(long now)
    {
        Drop(now);
        if (_said.Count == 0) return _last == long.MinValue ? null : 0;
        var watched = now - _said.Peek().At;
        if (watched < 60_000) return null;
        var expected = watched / IntervalMs;
        return Math.Min(1, (double)_live / Math.Max(1, expected));
    }

    private void Drop(long now)
    {
        while (_said.TryPeek(out var oldest) && now - oldest.At > WindowMs)
        {
            _said.Dequeue();
            if (oldest.IsLive) _live--;
        }
    }
}
