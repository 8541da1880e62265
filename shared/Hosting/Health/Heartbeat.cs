namespace CryptoScreener.Hosting.Health;

/// <summary>
/// A loop's sign of life. <see cref="Beat"/> at every round; <see cref="Rest"/> before waiting for input, for as long as that
/// takes: only a loop that is at work and silent is stuck. One clock read and one store, callable from any thread.
/// </summary>
public sealed class Heartbeat : IDisposable
{
    private const long Resting = long.MinValue;

    private readonly HeartbeatRegistry _registry;
    private readonly TimeProvider _time;
    private long _beat;

    internal Heartbeat(HeartbeatRegistry registry, TimeProvider time, string loop, TimeSpan limit)
    {
        (_registry, _time, Loop, Limit) = (registry, time, loop, limit);
        Beat();
    }

    public string Loop { get; }

    public TimeSpan Limit { get; }

    /// <summary>How long the loop has been silent while at work.</summary>
    internal TimeSpan Silence => Volatile.Read(ref _beat) is var beat and not Resting ? _time.GetElapsedTime(beat) : TimeSpan.Zero;

    internal bool IsStuck => Silence > Limit;

    public void Beat() => Volatile.Write(ref _beat, _time.GetTimestamp());

    public void Rest() => Volatile.Write(ref _beat, Resting);

    /// <summary>The loop has ended in order and is watched no longer.</summary>
    public void Dispose() => _registry.Forget(this);
}
