namespace CryptoScreener.ApiGateway.Alerts;

/// <summary>
/// One follower of the alerts: a place in the stream, not a queue. A follower that is slow costs nothing; one that is so
/// slow that alerts have left the ring is told to resume, never given a part.
/// </summary>
internal sealed class AlertCursor(AlertRing ring, AlertFilter filter, long epoch, ulong sequence, Queue<StreamedAlert>? backlog = null)
{
    private const int Look = 128;
    private readonly StreamedAlert[] _seen = new StreamedAlert[Look];

    public long Epoch => epoch;

    /// <summary>The last sequence that was looked at, whether it matched or not.</summary>
    public ulong Sequence { get; private set; } = sequence;

    /// <summary>How many alerts came since, matching or not.</summary>
    public int Lag => ring.CountAfter(Sequence);

    /// <summary>Adds the next matching alerts, some at a time so that others have their turn.</summary>
    /// <returns>Whether there may be more at once; null when the place is lost: alerts are gone that were not taken.</returns>
    public bool? Take(List<StreamedAlert> into)
    {
        for (var i = 0; i < Look && backlog is { Count: > 0 }; i++) into.Add(backlog.Dequeue());
        if (backlog is { Count: > 0 }) return true;
        var count = ring.After(epoch, Sequence, _seen);
        if (count < 0) return null;
        foreach (var alert in _seen.AsSpan(0, count))
            if (filter.Matches(alert.Event)) into.Add(alert);
        if (count > 0) Sequence = _seen[count - 1].Sequence;
        _seen.AsSpan(0, count).Clear();
        return count == Look;
    }
}
