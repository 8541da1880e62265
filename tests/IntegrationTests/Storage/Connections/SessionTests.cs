using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Storage.Connections;

/// <summary>What every connection of ours tells PostgreSQL when it is opened.</summary>
public sealed class SessionTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Our_short_queries_are_not_compiled()
    {
        await using var storage = new TestStorage(await servers.CreateDatabaseAsync());

        Assert.Equal("off", await storage.ScalarAsync<string>("SHOW jit"));
    }

    [Fact]
    public async Task What_the_operator_sets_counts_more_and_stays()
    {
        var theirs = new NpgsqlConnectionStringBuilder(await servers.CreateDatabaseAsync()) { Options = "-c jit=on -c work_mem=5MB" };
        await using var storage = new TestStorage(theirs.ConnectionString);

        Assert.Equal("on", await storage.ScalarAsync<string>("SHOW jit"));
        Assert.Equal("5MB", await storage.ScalarAsync<string>("SHOW work_mem"));
    }
}
