namespace CryptoScreener.IntegrationTests.Storage.Schema;

/// <summary>A process that migrates a database as soon as it is told to, so that several do at once.</summary>
internal static class MigrateOnce
{
    internal static async Task<int> RunAsync(string connectionString)
    {
        await using var storage = new TestStorage(connectionString);
        Console.WriteLine("ready");
        await Console.In.ReadLineAsync();
        Console.WriteLine(await storage.ScalarAsync<long>("SELECT count(*) FROM migrations"));
        return 0;
    }
}
