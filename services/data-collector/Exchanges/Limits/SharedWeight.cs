using System.Globalization;
using CryptoScreener.Storage.Redis;

namespace CryptoScreener.DataCollector.Exchanges.Limits;

/// <summary>What all collectors behind one address have spent of an exchange's limit, counted in Redis. While Redis is away each counts for itself.</summary>
internal sealed class SharedWeight(RedisState redis, string exchange)
{
    /// <returns>What all have spent in this window, or null when nobody knows.</returns>
    public Task<long?> AddAsync(int weight, long window, long windowMs) => redis.AddAsync(
        string.Create(CultureInfo.InvariantCulture, $"collector:weight:{exchange}:{windowMs}:{window}"), weight, TimeSpan.FromMilliseconds(2 * windowMs));
}
