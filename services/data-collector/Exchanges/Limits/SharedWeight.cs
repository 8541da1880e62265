using System.Globalization;
using CryptoScreener.Storage.Redis;

namespace CryptoScreener.DataCollector.Exchanges.Limits;

/// <summary>
/// What all collectors behind one address have spent of an exchange's limit, and until when it wants to hear of none of them, in
/// Redis. While Redis is away each knows its own.
/// </summary>
internal sealed class SharedWeight(RedisState redis, string exchange)
{
    private string PauseKey => $"collector:pause:{exchange}";

    /// <summary>Nothing is spent while the exchange wants to hear of none of us.</summary>
    /// <returns>What all have spent in this window, and until when to keep away (unix ms, 0 when that is over or was never asked); null when nobody knows.</returns>
    public Task<(long Sum, long PausedUntil)?> SpendAsync(int weight, long window, long windowMs, long now) => redis.AddUnlessHeldAsync(
        string.Create(CultureInfo.InvariantCulture, $"collector:weight:{exchange}:{windowMs}:{window}"),
        weight,
        TimeSpan.FromMilliseconds(2 * windowMs),
        PauseKey,
        now);

    /// <summary>A longer pause that another was asked for stays.</summary>
    /// <param name="until">Unix ms.</param>
    public Task PauseAsync(long until, TimeSpan pause) => redis.RaiseAsync(PauseKey, until, pause);
}
