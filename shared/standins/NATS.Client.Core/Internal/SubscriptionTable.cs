using System.Collections.Concurrent;

namespace NATS.Client.Core.Internal;

/// <summary>The live subscriptions by the id the server knows them under; ids are never used twice.</summary>
internal sealed class SubscriptionTable
{
    private readonly ConcurrentDictionary<int, NatsSubBase> _bySid = new();
    private int _lastSid;

    public ICollection<NatsSubBase> All => _bySid.Values;

    public void Add(NatsSubBase subscription)
    {
        subscription.Sid = Interlocked.Increment(ref _lastSid);
        _bySid[subscription.Sid] = subscription;
    }

    public bool Remove(NatsSubBase subscription) => _bySid.TryRemove(subscription.Sid, out _);

    public NatsSubBase? Find(int sid) => _bySid.GetValueOrDefault(sid);

}
