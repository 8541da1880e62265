using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Backup;

/// <summary>A PostgreSQL in which each test of a class has a database of its own.</summary>
public sealed class DatabaseServer : IAsyncLifetime
{
    public LocalPostgres Postgres { get; private set; } = null!;

    public async Task InitializeAsync() => Postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());

    public async Task DisposeAsync() => await Postgres.DisposeAsync();
}
