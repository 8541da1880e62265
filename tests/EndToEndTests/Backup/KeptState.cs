using System.Security.Cryptography;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Storage.Connections;
using StackExchange.Redis;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>A fingerprint of all that the three servers keep: by table, stream and key.</summary>
internal static class KeptState
{
    public static async Task<SortedDictionary<string, string>> OfAsync(LocalScreener stack, Database database)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await TablesAsync(database)) state[$"table {table}"] = await DigestAsync(database, table);
        foreach (var stream in new[] { Streams.Candles, Streams.Metrics, Streams.Alerts, Streams.Feed }) state[$"stream {stream}"] = await DigestAsync(stack, stream);
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis.Configuration);
        foreach (var key in redis.GetServer(redis.GetEndPoints()[0]).Keys())
            state[$"key {key}"] = Convert.ToHexString((await redis.GetDatabase().KeyDumpAsync(key)) ?? []);
        return state;
    }

    private static Task<List<string>> TablesAsync(Database database) => database.RunAsync("tables", async connection =>
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT c.oid::regclass::text FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition";
        var names = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }, CancellationToken.None);

    private static Task<string> DigestAsync(Database database, string table) => database.RunAsync("digest", async connection =>
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') FROM {table} t";
        return (string)(await command.ExecuteScalarAsync())!;
    }, CancellationToken.None);

    private static async Task<string> DigestAsync(LocalScreener stack, string stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, last) = (0, 0UL);
        await StoredMessages.ReadAllAsync(stack.Nats.Url, stream, message =>
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{message.Sequence} {message.Subject} "));
            hash.AppendData(message.Data.Span);
            (count, last) = (count + 1, message.Sequence);
        });
        return $"{count} through {last} {Convert.ToHexString(hash.GetCurrentHash())}";
    }
}
