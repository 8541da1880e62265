using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

public sealed class ConnectionTests
{
    [Fact]
    public async Task The_first_server_that_answers_of_several_is_taken()
    {
        await using var server = await NatsServer.StartAsync();
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts($"nats://127.0.0.1:9,{server.Url}") with { NoRandomize = true });

        Assert.Equal(NatsConnectionState.Open, rig.Connection.ConnectionState);
        Assert.Equal(server.Port, rig.Connection.ServerInfo!.Port);
    }

    [Fact]
    public async Task Without_a_server_connecting_fails_and_may_be_tried_again()
    {
        await using var server = await NatsServer.StartAsync();
        await server.StopAsync();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url));
        await Assert.ThrowsAsync<NatsException>(async () => await connection.ConnectAsync());

        await server.StartAgainAsync();
        await connection.ConnectAsync();

        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    [Fact]
    public async Task With_retry_on_initial_connect_connecting_waits_for_the_server()
    {
        await using var server = await NatsServer.StartAsync();
        await server.StopAsync();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with { RetryOnInitialConnect = true });

        var connecting = connection.ConnectAsync();
        await server.StartAgainAsync();
        await connecting;

        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    [Fact]
    public async Task Events_tell_of_loss_failed_attempts_and_return()
    {
        await using var server = await NatsServer.StartAsync();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url));
        var (lost, failed, opened) = (0, 0, 0);
        connection.ConnectionDisconnected += (_, _) => Count(ref lost);
        connection.ReconnectFailed += (_, _) => Count(ref failed);
        connection.ConnectionOpened += (_, _) => Count(ref opened);
        await connection.ConnectAsync();

        await server.KillAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref failed) > 0, "an attempt has failed");
        Assert.Equal(NatsConnectionState.Reconnecting, connection.ConnectionState);
        await server.StartAgainAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref opened) == 2 && lost == 1, "the connection is back");

        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    [Fact]
    public async Task Disposing_ends_readers_and_waiters()
    {
        await using var server = await NatsServer.StartAsync();
        var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>("a");
        await using var silent = await rig.Connection.SubscribeCoreAsync<int>("silent");
        var request = rig.Connection.RequestAsync<int, int>("silent", 1).AsTask();
        await Take.FromAsync(silent.Msgs, 1);

        await rig.DisposeAsync();
        await rig.DisposeAsync();

        await subscription.Msgs.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAnyAsync<Exception>(() => request.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private static ValueTask Count(ref int counter)
    {
        Interlocked.Increment(ref counter);
        return ValueTask.CompletedTask;
    }
}
