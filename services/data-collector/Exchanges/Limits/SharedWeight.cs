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

    /// <returns>What all have spent in this window, or null when nobody knows.</returns>
    public Task<long?> AddAsync(int weight, long window, long windowMs) => redis.AddAsync(
        string.Create(CultureInfo.InvariantCulture, $"collector:weight:{exchange}:{windowMs}:{window}"), weight, TimeSpan.FromMilliseconds(2 * windowMs));

    /// <summary>A longer pause that another was asked for stays.</summary>
    /// <param name="until">Unix ms.</param>
    public Task PauseAsync(long until, TimeSpan pause) => redis.RaiseAsync(PauseKey, until, pause);

    /// <returns>Unix ms; 0 when nothing is known.</returns>
    public async Task<long> PausedUntilAsync() =>
        long.TryParse(await redis.GetAsync(PauseKey), NumberStyles.None, CultureInfo.InvariantCulture, out var until) ? until : 0;
}
