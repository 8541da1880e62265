using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>Who may connect, and what those who may are refused.</summary>
public sealed class AccessTests
{
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
}
