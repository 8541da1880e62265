using System.Collections.Concurrent;

namespace CryptoScreener.Hosting.Health;

/// <summary>The loops of this worker. Liveness is theirs alone; a missing dependency never makes a worker look dead.</summary>
public sealed class HeartbeatRegistry(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Heartbeat> _loops = new(StringComparer.Ordinal);

    internal IEnumerable<Heartbeat> Loops => _loops.Values.OrderBy(heart => heart.Loop, StringComparer.Ordinal);

    /// <summary>Watches a loop from now on; it is stuck when it is silent for longer than <paramref name="limit"/>.</summary>
    public Heartbeat Watch(string loop, TimeSpan limit)
    {
        var heart = new Heartbeat(this, time, loop, limit);
        return _loops.TryAdd(loop, heart)
            ? heart
            : throw new InvalidOperationException($"A loop named '{loop}' is already watched; give each loop a name of its own.");
    }

    internal void Forget(Heartbeat heart) => _loops.TryRemove(KeyValuePair.Create(heart.Loop, heart));
}
