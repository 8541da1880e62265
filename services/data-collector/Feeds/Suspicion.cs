namespace CryptoScreener.DataCollector.Feeds;

/// <summary>When the silence of one instrument is worth a question, and how it was answered before. Pure.</summary>
internal sealed class Suspicion
{
    private const int UnusuallyLong = 8; // typical gaps
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _shortest;
    private long _heardAt;
    private long _since;
    private long _unanswered;
    private TimeSpan _patience;

    public Suspicion(TimeSpan shortest) => _patience = _shortest = shortest;

    /// <summary>How often in a row it was found stalled.</summary>
    public int Stalls { get; private set; }

    /// <param name="openedAt">Since when its socket has been there to hear it.</param>
    public bool IsDue(Pulse pulse, long openedAt, long now, TimeProvider time)
    {
        var heardAt = pulse.HeardAt;
        if (heardAt != _heardAt) (_heardAt, _since, _patience, Stalls) = (heardAt, heardAt, PatienceFor(pulse, time), 0);
        return time.GetElapsedTime(Math.Max(_since, openedAt), now) >= _patience && time.GetElapsedTime(_unanswered, now) >= _shortest;
    }

    /// <summary>It is silent because nobody trades: asking again may take longer each time.</summary>
    public void Cleared(long now) => (_since, _patience, Stalls) = (now, _patience * 2 < LongestPatience ? _patience * 2 : LongestPatience, 0);

    /// <summary>Nobody could say: it is asked for again, but others have their turn before.</summary>
    public void Unanswered(long now) => _unanswered = now;

    public void Confirmed(long now) => (_since, _patience, Stalls) = (now, _shortest, Stalls + 1);

    private TimeSpan PatienceFor(Pulse pulse, TimeProvider time)
    {
        var unusual = time.GetElapsedTime(0, pulse.TypicalGap) * UnusuallyLong;
        return unusual < _shortest ? _shortest : unusual < LongestPatience ? unusual : LongestPatience;
    }
}
