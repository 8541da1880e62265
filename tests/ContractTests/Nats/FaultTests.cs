using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>Servers that fall silent and answers that get lost.</summary>
public sealed class FaultTests
{
    [Theory, EveryNatsServer]
    public async Task A_lost_acknowledgement_is_no_response_and_publishing_again_under_the_id_is_a_duplicate(string version)
    {
        await using var proxy = new FaultyProxy((await SharedNats.OfAsync(version)).Port);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(proxy.Url) with { RequestTimeout = TimeSpan.FromMilliseconds(300) });
        await rig.CreateStreamAsync();
        var opts = new NatsJSPubOpts { MsgId = "sent-twice" };

        proxy.SwallowAnswers();
        await Assert.ThrowsAsync<NatsJSPublishNoResponseException>(async () => await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: opts));
        await using var future = await rig.JetStream.PublishConcurrentAsync(rig.Subject("x"), 1, opts: opts);
        await Assert.ThrowsAsync<NatsJSPublishNoResponseException>(async () => await future.GetResponseAsync());
        await Assert.ThrowsAsync<NatsJSApiNoResponseException>(async () => await rig.JetStream.GetStreamAsync(rig.Stream));
        proxy.Cut();

        Assert.True((await PublishPatientlyAsync(rig, opts)).Duplicate);
        Assert.Equal(1, (await rig.JetStream.GetStreamAsync(rig.Stream)).Info.State.Messages);
    }

    [Theory, EveryNatsServer]
    public async Task A_server_that_leaves_pings_unanswered_is_left(string version)
    {
        await using var proxy = new FaultyProxy((await SharedNats.OfAsync(version)).Port);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(proxy.Url) with { PingInterval = TimeSpan.FromMilliseconds(100), MaxPingOut = 2 });
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.ConnectionDisconnected += (_, _) => lost.TrySetResult() ? default : default(ValueTask);

        proxy.SwallowAnswers();
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(60));
        proxy.Cut();

        await Eventually.TrueAsync(() => rig.Connection.ConnectionState == NatsConnectionState.Open, "the connection is back");
    }

    [Theory, EveryNatsServer]
    public async Task A_connection_that_is_only_idle_is_kept(string version)
    {
        await using var rig = await NatsRig.ToAsync(
            NatsRig.Opts((await SharedNats.OfAsync(version)).Url) with { PingInterval = TimeSpan.FromMilliseconds(50), MaxPingOut = 10 });
        var lost = 0;
        rig.Connection.ConnectionDisconnected += (_, _) =>
        {
            lost++;
            return default;
        };

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        await rig.Connection.PingAsync();

        Assert.Equal(0, lost);
    }

    [Theory, EveryNatsServer]
    public async Task Missed_heartbeats_are_told_and_reading_goes_on_when_the_server_wakes(string version)
    {
        await using var server = await NatsServer.StartAsync(version);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        await rig.CreateStreamAsync();
        var consumer = await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, new ConsumerConfig("durable"));

        await MissHeartbeatsAsync(server, rig, consumer);
    }

    [Theory, EveryNatsServer]
    public async Task An_ordered_reader_survives_missed_heartbeats(string version)
    {
        await using var server = await NatsServer.StartAsync(version);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        await rig.CreateStreamAsync();

        await MissHeartbeatsAsync(server, rig, await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream));
    }

    private static async Task MissHeartbeatsAsync(NatsServer server, NatsRig rig, INatsJSConsumer consumer)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var opts = new NatsJSConsumeOpts
        {
            MaxMsgs = 10,
            Expires = TimeSpan.FromSeconds(2),
            IdleHeartbeat = TimeSpan.FromMilliseconds(500),
            NotificationHandler = (notification, _) =>
            {
                if (notification is NatsJSTimeoutNotification)
                    told.TrySetResult();
                return Task.CompletedTask;
            },
        };
        var reading = Take.FromAsync<int>(consumer, 2, opts);
        await rig.StoreAsync("x", 1);

        server.Signal("STOP");
        await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
        server.Signal("CONT");
        await rig.StoreAsync("x", 2);

        Assert.Equal([1, 2], (await reading).Select(message => message.Data));
    }

    private static async Task<PubAckResponse> PublishPatientlyAsync(NatsRig rig, NatsJSPubOpts opts)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await rig.JetStream.PublishAsync(rig.Subject("x"), 1, opts: opts);
            }
            catch (NatsJSPublishNoResponseException) when (attempt < 100)
            {
                // Still on the connection that was cut.
            }
        }
    }
}
