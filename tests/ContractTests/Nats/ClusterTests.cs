using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>A server that leaves is left for the next one.</summary>
public sealed class ClusterTests
{
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

    private static string Cluster(out int port, int? joins)
    {
        port = FreePort.Next();
        var routes = joins is null ? string.Empty : $"routes: [ \"nats://127.0.0.1:{joins}\" ]";
        return $"cluster {{ name: pair, listen: \"127.0.0.1:{port}\", {routes} }}";
    }
}
