using System.Threading.Channels;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Telemetry;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>The end of a connection waits for nobody, and nobody waits for it in vain.</summary>
public sealed class DisposalTests
{
    private const int Rounds = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly NatsSubOpts OneAtATime = new() { ChannelOpts = new NatsSubChannelOpts { Capacity = 1, FullMode = BoundedChannelFullMode.Wait } };

    [Fact]
    public async Task Disposing_does_not_wait_for_a_reader_that_never_reads()
    {
        var (rig, subscription) = await StuckAsync(NatsRig.Opts((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Url));

        await rig.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.Single(await subscription.Msgs.ReadAllAsync().ToListAsync());
    }

    [Fact]
    public async Task A_reader_that_never_reads_does_not_keep_a_broken_connection()
    {
        await using var proxy = new FaultyProxy((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Port);
        var (rig, _) = await StuckAsync(NatsRig.Opts(proxy.Url) with { PingInterval = TimeSpan.FromMilliseconds(100) });
        await using var __ = rig;
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.ConnectionOpened += (_, _) => opened.TrySetResult() ? default : default(ValueTask);

        proxy.Cut();

        await opened.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_ping_after_the_end_is_refused_and_one_before_it_ends_with_it()
    {
        var pings = new PingQueue(new OutboundQueue(limit: 1024, new ConnectionMeter()));
        var before = pings.Ping();
        pings.Close(new ObjectDisposedException("the connection"));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => before.WaitAsync(Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pings.Ping().WaitAsync(Patience));
    }

    [Fact]
    public void A_request_after_the_end_is_refused()
    {
        var replies = new ReplyTable();
        replies.Dispose();

        Assert.Throws<ObjectDisposedException>(() => replies.Add(new NobodysSlot(), Patience));
    }

    [Fact]
    public async Task A_ping_ends_with_a_connection_that_gives_up()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync(opts => opts with { MaxReconnectRetry = 1 });
        await using var _ = rig;
        var ping = rig.Connection.PingAsync().AsTask();
        await client.HearAsync("PING");

        client.Dispose();
        server.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => ping.WaitAsync(Patience));
        await Eventually.TrueAsync(() => rig.Connection.ConnectionState == NatsConnectionState.Failed, "the connection has given up");
        await Assert.ThrowsAnyAsync<NatsException>(() => rig.Connection.Pings.Ping().WaitAsync(Patience));
    }

    [Fact]
    public async Task Whatever_races_with_disposal_comes_to_an_end()
    {
        var opts = NatsRig.Opts((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Url) with { RequestTimeout = Timeout.InfiniteTimeSpan };
        for (var round = 0; round < Rounds; round++)
        {
            var rig = await NatsRig.ToAsync(opts);
            Task[] racing =
            [
                UntilRefusedAsync(async () => await rig.Connection.PingAsync()),
                UntilRefusedAsync(async () => await rig.Connection.RequestAsync<int, int>(rig.Subject("nobody"), 1, replyOpts: new NatsSubOpts { ThrowIfNoResponders = false })),
                UntilRefusedAsync(async () => await rig.Connection.PublishAsync(rig.Subject("x"), 1)),
                UntilRefusedAsync(async () => await (await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("y"))).DisposeAsync()),
                UntilRefusedAsync(async () => await (await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("z"))).Msgs.Completion),
                UntilRefusedAsync(async () => await rig.JetStream.GetStreamAsync("none")),
            ];
            await rig.Connection.PingAsync();

            await rig.DisposeAsync();

            await Task.WhenAll(racing).WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_subscription_that_ends_while_it_waits_for_room_is_not_left_on_the_server()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync(opts => opts with { CommandTimeout = Patience });
        await using var _ = rig;
        using var __ = client;
        // Until the socket and the buffer behind it are full: the played server does not read.
        var payload = new byte[64 * 1024];
        var publishing = Task.CompletedTask;
        while (publishing.IsCompleted)
            publishing = rig.Connection.PublishAsync("fill", payload).AsTask();
        var subscription = new NatsSub<int>(rig.Connection, "late", null, null, NatsRawSerializer<int>.Default, CancellationToken.None);
        var subscribing = rig.Connection.AddAsync(subscription, CancellationToken.None).AsTask();

        subscription.End();

        var reading = client.HearUpToAsync("PUB last");
        await publishing;
        await subscribing;
        await rig.Connection.PublishAsync("last", 1);
        var commands = (await reading).Where(line => line.EndsWith($" {subscription.Sid}", StringComparison.Ordinal) && line.Contains("SUB", StringComparison.Ordinal));
        Assert.StartsWith("UNSUB", commands.LastOrDefault("UNSUB"), StringComparison.Ordinal);
    }

    private static async Task UntilRefusedAsync(Func<Task> call)
    {
        try
        {
            while (true)
            {
                await call();
                await Task.Yield();
            }
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException or NatsException)
        {
            // An end is all that is asked for.
        }
    }

    // A subscription whose channel is full, and the whole connection waits for its reader, who is not there.
    private static async Task<(NatsRig Rig, INatsSub<int> Subscription)> StuckAsync(NatsOpts opts)
    {
        var rig = await NatsRig.ToAsync(opts);
        var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("s"), opts: OneAtATime);
        for (var i = 0; i < 100; i++)
            await rig.Connection.PublishAsync(rig.Subject("s"), i);
        await Eventually.TrueAsync(() => subscription.Msgs.Count == 1, "the channel is full");
        return (rig, subscription);
    }

    private sealed class NobodysSlot : ReplySlot
    {
        public override void Complete(in NATS.Client.Core.Internal.Protocol.InboundMessage reply)
        {
        }

        public override void Fail(Exception error)
        {
        }
    }
}
