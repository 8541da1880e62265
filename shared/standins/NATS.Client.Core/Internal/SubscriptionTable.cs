using System.Collections.Concurrent;

namespace NATS.Client.Core.Internal;

/// <summary>The live subscriptions by the id the server knows them under; ids are never used twice.</summary>
internal sealed class SubscriptionTable
{
    private readonly ConcurrentDictionary<int, NatsSubBase> _bySid = new();
    private int _lastSid;

    /// <summary>Each once, also one that has moved and still hears what was sent to its old place.</summary>
    public IEnumerable<NatsSubBase> All => _bySid.Where(entry => entry.Key == entry.Value.Sid).Select(entry => entry.Value);

    public void Add(NatsSubBase subscription) => Register(subscription, subscription.Subject);

    /// <summary>Gives it a new subject under a new id; what comes under the old one, which is returned, is still its own.</summary>
    public int Move(NatsSubBase subscription, string subject)
    {
        var old = subscription.Sid;
        Register(subscription, subject);
        return old;
    }

    public bool Remove(NatsSubBase subscription) => Forget(subscription.Sid);

    public bool Forget(int sid) => _bySid.TryRemove(sid, out _);

    public NatsSubBase? Find(int sid) => _bySid.GetValueOrDefault(sid);

    private void Register(NatsSubBase subscription, string subject)
    {
        var place = new SubPlace(Interlocked.Increment(ref _lastSid), subject);
        _bySid[place.Sid] = subscription;
        subscription.Place = place;
    }
}

/// <summary>What a server knows a subscription by, and what it listens to there; replaced as one.</summary>
internal sealed record SubPlace(int Sid, string Subject);
