using System.Collections.Concurrent;
using CryptoScreener.Storage.Redis;

namespace CryptoScreener.ApiGateway.Edge;

/// <summary>Where a caller stands after a request.</summary>
internal readonly record struct RateState(int Limit, long Used, int SecondsLeft)
{
    public bool IsOver => Used > Limit;

    public long Remaining => Math.Max(0, Limit - Used);
}

/// <summary>
/// Requests per calendar minute and caller. Each gateway counts in memory and tells Redis in the background, at most one
/// question at a time and caller, so that the limit holds over all gateways and no request waits for Redis. While Redis is
/// away each gateway counts alone.
/// </summary>
internal sealed class RateLimiter(RedisState redis, TimeProvider time)
{
    private const int Minute = 60;
    internal const int MaxCallers = 100_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, RateWindow> _callers = new(StringComparer.Ordinal);
    private long _cleaned;
    private int _isCleaning;

    /// <summary>How many callers are remembered.</summary>
    internal int Callers => _callers.Count;

    public RateState Use(string caller, int limit, int cost)
    {
        var (now, minute) = Now();
        Clean(minute);
        var window = _callers.GetOrAdd(caller, static _ => new RateWindow());
        var used = window.Use(minute, cost);
        if (redis.IsConfigured && window.BeginTelling(minute) is > 0 and var untold) _ = TellAsync(caller, window, minute, untold);
        return new RateState(limit, used, (int)(Minute - (now % Minute)));
    }

    /// <summary>Where a caller stands, as far as this gateway knows, without a request.</summary>
    public RateState Look(string caller, int limit)
    {
        var (now, minute) = Now();
        return new RateState(limit, _callers.TryGetValue(caller, out var window) ? window.UsedIn(minute) : 0, (int)(Minute - (now % Minute)));
    }

    private (long Seconds, long Minute) Now()
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        return (seconds, seconds / Minute);
    }

    private async Task TellAsync(string caller, RateWindow window, long minute, long untold)
    {
        long? total = null;
        try
        {
            total = await redis.AddAsync($"rate:{caller}:{minute}", untold, Kept);
        }
        finally
        {
            window.EndTelling(minute, untold, total);
        }
    }

    // Once a minute, and when there are too many.
    private void Clean(long minute)
    {
        if ((Interlocked.Read(ref _cleaned) == minute && _callers.Count < MaxCallers) || Interlocked.Exchange(ref _isCleaning, 1) == 1) return;
        try
        {
            foreach (var (caller, window) in _callers)
                if (window.IsOlderThan(minute)) _callers.TryRemove(caller, out _);
            Interlocked.Exchange(ref _cleaned, minute);
            if (_callers.Count >= MaxCallers) ForgetTheQuietest(minute);
        }
        finally
        {
            Volatile.Write(ref _isCleaning, 0);
        }
    }

    // A flood from everywhere shall cost little memory, and none who is near a limit gets a new one: the quietest tenth goes.
    private void ForgetTheQuietest(long minute)
    {
        foreach (var (caller, _) in _callers.Select(entry => (entry.Key, Used: entry.Value.UsedIn(minute))).OrderBy(entry => entry.Used).Take(MaxCallers / 10))
            _callers.TryRemove(caller, out _);
    }
}
