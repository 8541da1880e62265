using CryptoScreener.LocalServers;
using Npgsql;

namespace CryptoScreener.IntegrationTests.LocalServers;

public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nats_keeps_its_port_and_streams_over_a_stop_and_a_kill(bool kill)
    {
        await using var nats = await LocalNats.StartAsync();
        var port = nats.Port;
        await RawText.RequestAsync(nats, "$JS.API.STREAM.CREATE.S", """{"name":"S","subjects":["s"],"storage":"file"}""", "\"created\"");

        await DownAndUpAsync(nats, kill);

        Assert.Equal(port, nats.Port);
        await RawText.RequestAsync(nats, "$JS.API.STREAM.INFO.S", "", "\"subjects\":[\"s\"]");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Redis_keeps_its_port_and_keys_over_a_stop_and_a_kill(bool kill)
    {
        await using var redis = await LocalRedis.StartAsync();
        var port = redis.Port;
        await RawText.AskAsync(redis, "SET k written\r\n", "+OK");

        await DownAndUpAsync(redis, kill);

        Assert.Equal(port, redis.Port);
        await RawText.AskAsync(redis, "GET k\r\n", "written");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Postgres_keeps_its_port_and_rows_over_a_stop_and_a_kill(bool kill)
    {
        await using var postgres = await LocalPostgres.StartAsync();
        var database = await postgres.CreateDatabaseAsync("kept");
        await ScalarAsync(database, "CREATE TABLE t AS SELECT 42 AS answer");

        await DownAndUpAsync(postgres, kill);

        Assert.Equal(database, await postgres.CreateDatabaseAsync("kept"));
        Assert.Equal(42, await ScalarAsync(database, "SELECT answer FROM t"));
    }

    private static async Task DownAndUpAsync(LocalServer server, bool kill)
    {
        await (kill ? server.KillAsync() : server.StopAsync());
        Assert.False(server.IsRunning);
        Assert.False(await RawText.IsListeningAsync(server.Port));
        await server.StartAgainAsync();
        Assert.True(server.IsRunning);
    }

    private static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
