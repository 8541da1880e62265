using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Maintenance;
using CryptoScreener.Storage.Migrations;
using CryptoScreener.Storage.TimeTables;
using CryptoScreener.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

/// <summary>Which server these tests ran on: deploy/scripts/test-timescale.sh reads it from their output.</summary>
public sealed class ServerTests(ServersFixture servers, ITestOutputHelper output) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task The_server_is_the_one_that_was_asked_for()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var server = await AskAsync(storage);
        output.WriteLine($"storage tests ran on {server}");

        Assert.Equal(ServersFixture.NewPostgres().Timescale, server.TimescaleDb is not null);
        Assert.False(server.IsCommunity); // Debian has the Apache edition
        Assert.StartsWith($"PostgreSQL {server.PostgreSql} ", await storage.ScalarAsync<string>("SELECT version()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_says_at_its_start_what_the_database_runs_on()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var log = new LogTexts<MigrateAtStart>();
        using var start = new MigrateAtStart(storage.Get<NpgsqlDataSource>(), storage.Get<Migrator>(), storage.Get<WhenAvailable>(), log);
        await start.StartAsync(CancellationToken.None);
        await start.ExecuteTask!;

        var server = await AskAsync(storage);
        var tables = server.TimescaleDb is null ? "native partitions" : "hypertables";
        Assert.Equal([$"The database runs on {server}; tables by time are {tables}"], log.Texts);
    }

    [Fact]
    public async Task Hypertables_are_found_with_their_compression_where_timescale_is()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        if ((await AskAsync(storage)).TimescaleDb is null) return;
        foreach (var table in TimeTable.All)
            Assert.False(await storage.Get<Database>().RunAsync("test", connection => Compression.IsSetAsync(connection, table, CancellationToken.None), CancellationToken.None));
    }

    private static Task<DatabaseServer> AskAsync(TestStorage storage) =>
        storage.Get<Database>().RunAsync("test", connection => DatabaseServer.AskAsync(connection, CancellationToken.None), CancellationToken.None);
}
