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
    private const int MaxCallers = 100_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, RateWindow> _callers = new(StringComparer.Ordinal);
    private long _cleaned;

    public RateState Use(string caller, int limit, int cost)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var minute = now / Minute;
        Clean(minute);
        var window = _callers.GetOrAdd(caller, static _ => new RateWindow());
        var used = window.Use(minute, cost);
        if (redis.IsConfigured && window.BeginTelling(minute) is > 0 and var untold) _ = TellAsync(caller, window, minute, untold);
        return new RateState(limit, used, (int)(Minute - (now % Minute)));
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

    // Once a minute; and an attacker with many addresses costs memory for a minute only.
    private void Clean(long minute)
    {
        var cleaned = Interlocked.Read(ref _cleaned);
        if ((cleaned == minute && _callers.Count < MaxCallers) || Interlocked.CompareExchange(ref _cleaned, minute, cleaned) != cleaned) return;
        if (cleaned == minute) _callers.Clear();
        else foreach (var (caller, window) in _callers)
            if (window.IsOlderThan(minute)) _callers.TryRemove(caller, out _);
    }
}
