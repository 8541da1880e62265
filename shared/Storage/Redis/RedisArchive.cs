using System.Text.Json;
using StackExchange.Redis;

namespace CryptoScreener.Storage.Redis;

/// <summary>Every key with what is left of its life, one JSON line each: readable from outside, restorable into a running server.</summary>
public static class RedisArchive
{
    /// <returns>How many keys were written.</returns>
    public static async Task<int> SaveAsync(string configuration, TextWriter into, CancellationToken stop)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        var (database, count) = (redis.GetDatabase(), 0);
        foreach (var key in redis.GetServer(redis.GetEndPoints()[0]).Keys(pageSize: 1_000))
        {
            stop.ThrowIfCancellationRequested();
            // What expired meanwhile has no value; it would not have been worth keeping.
            if (await database.KeyDumpAsync(key) is not { } value) continue;
            var left = await database.KeyTimeToLiveAsync(key);
            await into.WriteLineAsync(JsonSerializer.Serialize(new Entry(((byte[]?)key)!, value, (long?)left?.TotalMilliseconds)));
            count++;
        }

        return count;
    }

    /// <summary>Puts the keys back over those that are there; their lives go on from where they stood.</summary>
    /// <returns>How many keys there were.</returns>
    public static async Task<int> RestoreAsync(string configuration, TextReader from, CancellationToken stop)
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(configuration);
        var (database, count) = (redis.GetDatabase(), 0);
        while (await from.ReadLineAsync(stop) is { } line)
        {
            var entry = JsonSerializer.Deserialize<Entry>(line) ?? throw new StorageException("The backup of Redis holds an empty line.");
            await database.KeyDeleteAsync(entry.Key);
            await database.KeyRestoreAsync(entry.Key, entry.Value, entry.LeftMs is { } left ? TimeSpan.FromMilliseconds(left) : null);
            count++;
        }

        return count;
    }

    private sealed record Entry(byte[] Key, byte[] Value, long? LeftMs);
}
