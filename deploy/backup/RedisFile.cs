using CryptoScreener.Storage.Redis;

namespace CryptoScreener.Backup;

internal static class RedisFile
{
    private static string Configuration => Environment.GetEnvironmentVariable("REDIS") ?? "127.0.0.1:6379";

    public static async Task<int> SaveAsync(string file, CancellationToken stop)
    {
        await using var writer = new StreamWriter(file);
        Console.WriteLine($"redis: {await RedisArchive.SaveAsync(Configuration, writer, stop)} keys");
        return 0;
    }

    public static async Task<int> RestoreAsync(string file, CancellationToken stop)
    {
        using var reader = new StreamReader(file);
        Console.WriteLine($"redis: {await RedisArchive.RestoreAsync(Configuration, reader, stop)} keys");
        return 0;
    }
}
