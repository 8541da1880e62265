using CryptoScreener.LocalServers;

namespace CryptoScreener.IntegrationTests.LocalServers;

/// <summary>A process that has started servers and waits to be killed.</summary>
internal static class HoldServers
{
    internal static async Task<int> RunAsync()
    {
        await using var nats = await LocalNats.StartAsync();
        await using var postgres = await LocalPostgres.StartAsync();
        await using var redis = await LocalRedis.StartAsync();
        foreach (var server in (LocalServer[])[nats, postgres, redis])
            Console.WriteLine($"{server.Port} {Path.GetDirectoryName(server.LogFile)}");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
