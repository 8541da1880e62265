using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>What was begun goes on when the server is back.</summary>
public sealed class LostServerTests
{
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
}
