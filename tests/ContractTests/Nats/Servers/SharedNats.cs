using System.Collections.Concurrent;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>One server of each version for all tests that leave it alive; each test keeps to subjects and streams of its own.</summary>
internal static class SharedNats
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<NatsServer>>> Running = new();
    private static int _next;

    public static Task<NatsServer> OfAsync(string version) =>
        Running.GetOrAdd(version, v => new Lazy<Task<NatsServer>>(() => NatsServer.StartAsync(v))).Value;

    public static string NextPrefix() => $"t{Interlocked.Increment(ref _next)}";
}
