using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.LocalServers;
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
    public async Task User_and_password_open_the_connection_from_options_or_address()
    {
        await using var server = await NatsServer.StartConfiguredAsync("authorization { user: screener, password: \"p@ss\" }");

        await using var byOptions = await NatsRig.ToAsync(
            NatsRig.Opts(server.Url) with { AuthOpts = new NatsAuthOpts { Username = "screener", Password = "p@ss" } });
        await using var byAddress = await NatsRig.ToAsync(NatsRig.Opts($"nats://screener:p%40ss@127.0.0.1:{server.Port}"));

        await byOptions.Connection.PingAsync();
        await byAddress.Connection.PingAsync();
    }

    [Fact]
    public async Task A_token_opens_the_connection()
    {
        await using var server = await NatsServer.StartConfiguredAsync("authorization { token: secret }");

        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { AuthOpts = new NatsAuthOpts { Token = "secret" } });

        await rig.Connection.PingAsync();
    }

    [Fact]
    public async Task A_wrong_password_is_told_as_such()
    {
        await using var server = await NatsServer.StartConfiguredAsync("authorization { user: screener, password: right }");
        var opts = NatsRig.Opts(server.Url) with { AuthOpts = new NatsAuthOpts { Username = "screener", Password = "wrong" } };
        await using var connection = new NatsConnection(opts);

        var error = await Assert.ThrowsAsync<NatsException>(async () => await connection.ConnectAsync());

        Assert.True(Assert.IsType<NatsServerException>(error.InnerException).IsAuthError);
    }

    [Fact]
    public async Task The_same_refusal_twice_ends_a_connection_for_good()
    {
        await using var server = await NatsServer.StartConfiguredAsync("authorization { user: screener, password: right }");
        var opts = NatsRig.Opts(server.Url) with { AuthOpts = new NatsAuthOpts { Token = "wrong" }, RetryOnInitialConnect = true };
        await using var connection = new NatsConnection(opts);

        await Assert.ThrowsAnyAsync<NatsException>(async () => await connection.ConnectAsync());

        Assert.Equal(NatsConnectionState.Failed, connection.ConnectionState);
        await Assert.ThrowsAsync<NatsConnectionFailedException>(async () => await connection.ConnectAsync());
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
    public async Task Subscriptions_survive_a_restart_of_the_server()
    {
        await using var server = await NatsServer.StartAsync();
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>("kept.*");
        await rig.Connection.PublishAsync("kept.a", 1);
        Assert.Equal(1, (await Take.FromAsync(subscription.Msgs, 1))[0].Data);

        await server.KillAsync();
        await server.StartAgainAsync();
        await rig.Connection.PublishAsync("kept.b", 2);

        Assert.Equal(2, (await Take.FromAsync(subscription.Msgs, 1))[0].Data);
    }

    [Fact]
    public async Task Requests_go_on_after_a_restart_of_the_server()
    {
        await using var server = await NatsServer.StartAsync();
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { RequestTimeout = TimeSpan.FromMilliseconds(500) });
        await using var service = await rig.Connection.SubscribeCoreAsync<int>("svc");
        var answering = Task.Run(async () =>
        {
            await foreach (var request in service.Msgs.ReadAllAsync())
                await request.ReplyAsync(request.Data + 1);
        });
        Assert.Equal(2, (await rig.Connection.RequestAsync<int, int>("svc", 1)).Data);

        var restarting = Task.Run(server.StartAgainAsync);
        var (answered, lost) = (0, 0);
        while (!restarting.IsCompleted || answered == 0)
        {
            try
            {
                Assert.Equal(8, (await rig.Connection.RequestAsync<int, int>("svc", 7)).Data);
                answered += restarting.IsCompleted ? 1 : 0;
            }
            catch (NatsException e) when (e is NatsNoReplyException or NatsNoRespondersException)
            {
                lost++;
            }
        }

        await restarting;
        Assert.True(answered > 0, $"{lost} requests were lost");
        await service.UnsubscribeAsync();
        await answering;
    }

    [Fact]
    public async Task Publishing_while_disconnected_waits_for_the_server()
    {
        await using var server = await NatsServer.StartAsync();
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>("later");
        await server.KillAsync();
        await Eventually.TrueAsync(() => rig.Connection.ConnectionState != NatsConnectionState.Open, "the loss is known");

        var publishing = rig.Connection.PublishAsync("later", 1).AsTask();
        Assert.False(publishing.IsCompleted);
        await server.StartAgainAsync();
        await publishing;

        Assert.Equal(1, (await Take.FromAsync(subscription.Msgs, 1))[0].Data);
    }

    [Fact]
    public async Task Publishing_while_disconnected_gives_up_when_it_is_told_to()
    {
        await using var server = await NatsServer.StartAsync();
        var opts = NatsRig.Opts(server.Url) with { PublishTimeoutOnDisconnected = true, CommandTimeout = TimeSpan.FromMilliseconds(50) };
        await using var rig = await NatsRig.ToAsync(opts);
        await server.KillAsync();
        await Eventually.TrueAsync(() => rig.Connection.ConnectionState != NatsConnectionState.Open, "the loss is known");

        await Assert.ThrowsAnyAsync<Exception>(async () => await rig.Connection.PublishAsync("never", 1));
    }

    [Fact]
    public async Task A_lame_duck_is_announced()
    {
        await using var server = await NatsServer.StartConfiguredAsync("lame_duck_duration: \"30s\", lame_duck_grace_period: \"1s\"");
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        var told = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.LameDuckModeActivated += (_, e) => told.TrySetResult(e.Uri) ? default : default(ValueTask);

        server.Signal("USR2");

        Assert.Equal(server.Port, (await told.Task.WaitAsync(TimeSpan.FromSeconds(60))).Port);
        Assert.True(rig.Connection.ServerInfo!.LameDuckMode);
    }

    [Fact]
    public async Task Servers_of_a_cluster_are_discovered_and_taken_when_the_first_is_lost()
    {
        await using var first = await NatsServer.StartConfiguredAsync(Cluster(out var route, joins: null), jetStream: false);
        await using var second = await NatsServer.StartConfiguredAsync(Cluster(out _, joins: route), jetStream: false);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(first.Url));
        await Eventually.TrueAsync(() => rig.Connection.ServerInfo!.ClientConnectUrls is { Length: > 1 }, "the other server is announced");

        await first.KillAsync();

        await Eventually.TrueAsync(
            () => rig.Connection.ConnectionState == NatsConnectionState.Open && rig.Connection.ServerInfo!.Port == second.Port,
            "the connection has moved to the other server");
    }

    [Fact]
    public async Task A_permission_violation_is_told_and_the_connection_lives_on()
    {
        await using var server = await NatsServer.StartConfiguredAsync(
            "authorization { users: [ { user: u, password: p, permissions: { publish: \"allowed\" } } ] }");
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts($"nats://u:p@127.0.0.1:{server.Port}"));
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.ServerError += (_, e) => told.TrySetResult(e.Error) ? default : default(ValueTask);

        await rig.Connection.PublishAsync("forbidden", 1);

        Assert.Contains("Permissions Violation", await told.Task.WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.OrdinalIgnoreCase);
        await rig.Connection.PingAsync();
    }

    [Fact]
    public async Task A_forbidden_subscription_is_told_and_the_others_go_on()
    {
        await using var server = await NatsServer.StartConfiguredAsync(
            "authorization { users: [ { user: u, password: p, permissions: { subscribe: \"allowed\" } } ] }");
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts($"nats://u:p@127.0.0.1:{server.Port}"));
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.ServerError += (_, e) => told.TrySetResult(e.Error) ? default : default(ValueTask);
        await using var allowed = await rig.Connection.SubscribeCoreAsync<int>("allowed");

        await using var forbidden = await rig.Connection.SubscribeCoreAsync<int>("forbidden");

        Assert.Contains("Permissions Violation for Subscription", await told.Task.WaitAsync(TimeSpan.FromSeconds(60)), StringComparison.OrdinalIgnoreCase);
        await rig.Connection.PublishAsync("allowed", 7);
        Assert.Equal(7, (await Take.FromAsync(allowed.Msgs, 1))[0].Data);
    }

    [Fact]
    public async Task A_lame_duck_that_leaves_is_left_for_the_next_of_the_cluster()
    {
        const string ducks = "lame_duck_duration: \"30s\", lame_duck_grace_period: \"1s\"\n";
        await using var first = await NatsServer.StartConfiguredAsync(ducks + Cluster(out var route, joins: null), jetStream: false);
        await using var second = await NatsServer.StartConfiguredAsync(ducks + Cluster(out _, joins: route), jetStream: false);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(first.Url));
        await Eventually.TrueAsync(() => rig.Connection.ServerInfo!.ClientConnectUrls is { Length: > 1 }, "the other server is announced");
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>("kept");

        first.Signal("USR2");

        await Eventually.TrueAsync(
            () => rig.Connection.ConnectionState == NatsConnectionState.Open && rig.Connection.ServerInfo!.Port == second.Port,
            "the connection has moved to the other server");
        await rig.Connection.PublishAsync("kept", 1);
        Assert.Equal(1, (await Take.FromAsync(subscription.Msgs, 1))[0].Data);
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

    private static string Cluster(out int port, int? joins)
    {
        port = FreePort.Next();
        var routes = joins is null ? string.Empty : $"routes: [ \"nats://127.0.0.1:{joins}\" ]";
        return $"cluster {{ name: pair, listen: \"127.0.0.1:{port}\", {routes} }}";
    }

    private static ValueTask Count(ref int counter)
    {
        Interlocked.Increment(ref counter);
        return ValueTask.CompletedTask;
    }
}
