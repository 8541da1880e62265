using System.Collections.Concurrent;

namespace CryptoScreener.ApiGateway.Auth;

/// <summary>
/// Whom credentials belonged to lately, by the credential's hash: a page asks ten times a second and should not cost ten
/// queries. Bounded: when full it forgets everything, which costs each client one look-up.
/// </summary>
internal sealed class AccountCache(TimeProvider time)
{
    private const int Capacity = 10_000;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private long _generation;

    /// <summary>Taken before a look-up, given back with its result: what a revocation has overtaken is not kept.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <param name="evenStale">Also what should be asked again, for as long as nobody can be asked.</param>
    public Account? Find(string hash, bool evenStale = false)
    {
        if (!_entries.TryGetValue(hash, out var entry)) return null;
        var now = time.GetUtcNow();
        return now < (evenStale ? entry.EndsAt : entry.FreshUntil) ? entry.Account : null;
    }

    /// <param name="endsAt">When the credential itself expires.</param>
    public void Keep(string hash, Account account, TimeSpan fresh, DateTimeOffset endsAt, long generation)
    {
        if (_entries.Count >= Capacity) _entries.Clear();
        var until = time.GetUtcNow() + fresh;
        if (generation == Generation) _entries[hash] = new Entry(account, until < endsAt ? until : endsAt, endsAt);
    }

    public void Forget(string hash) => _entries.TryRemove(hash, out _);

    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _entries.Clear();
    }

    private readonly record struct Entry(Account Account, DateTimeOffset FreshUntil, DateTimeOffset EndsAt);
}
