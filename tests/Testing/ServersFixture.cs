using CryptoScreener.LocalServers;
using Xunit;

namespace CryptoScreener.Testing;

/// <summary>
/// Real servers, one of each kind per test assembly, started by the first class that asks (<c>IClassFixture&lt;ServersFixture&gt;</c>),
/// so classes still run in parallel. They end with the test process. A missing server fails the tests; it never skips them.
/// A test that stops or kills a server starts one of its own.
/// </summary>
public sealed class ServersFixture : IAsyncLifetime
{
    /// <summary>A folder with another system whose PostgreSQL and TimescaleDB the tests shall use.</summary>
    private static readonly string? PostgresSystem = Environment.GetEnvironmentVariable("SCREENER_TEST_POSTGRES_ROOT") is { Length: > 0 } root ? root : null;

    private static readonly Lazy<Task<Servers>> Shared = new(StartAllAsync);
    private static int _next;
    private Servers? _servers;

    public LocalNats Nats => _servers!.Nats;

    public LocalPostgres Postgres => _servers!.Postgres;

    public LocalRedis Redis => _servers!.Redis;

    public async Task InitializeAsync() => _servers = await Shared.Value;

    public Task DisposeAsync() => Task.CompletedTask; // other classes still use them

    /// <summary>A name-space of its own for each test: streams, tables and keys never collide.</summary>
    public static string NextPrefix() => $"t{Interlocked.Increment(ref _next)}";

    /// <summary>The connection string of a new, empty database.</summary>
    public Task<string> CreateDatabaseAsync() => Postgres.CreateDatabaseAsync(NextPrefix());

    /// <summary>For a test that needs a PostgreSQL of its own: the same kind as the shared one.</summary>
    public static LocalPostgresOptions NewPostgres() => new() { SystemRoot = PostgresSystem, Timescale = PostgresSystem is not null };

    private static async Task<Servers> StartAllAsync()
    {
        var nats = LocalNats.StartAsync();
        var postgres = LocalPostgres.StartAsync(NewPostgres());
        var redis = LocalRedis.StartAsync();
        return new Servers(await nats, await postgres, await redis);
    }

    private sealed record Servers(LocalNats Nats, LocalPostgres Postgres, LocalRedis Redis);
}
