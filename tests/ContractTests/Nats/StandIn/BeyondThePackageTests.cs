using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Where the stand-in does what the package 3.1.0 does not: old servers, stubborn handlers, readers that are being drained.</summary>
public sealed class BeyondThePackageTests
{
    [Fact]
    public async Task A_failing_event_handler_harms_nobody()
    {
        await using var server = await NatsServer.StartAsync();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url));
        var opened = 0;
        connection.ConnectionDisconnected += (_, _) => throw new InvalidOperationException("a handler's own fault");
        connection.ConnectionOpened += (_, _) => Count(ref opened);
        await connection.ConnectAsync();

        await server.StartAgainAsync();

        await Eventually.TrueAsync(() => Volatile.Read(ref opened) == 2, "the connection is back and says so");
    }

    [Theory, EveryNatsServer]
    public async Task Disposing_with_drain_lets_the_reader_finish(string version)
    {
        var opts = NatsRig.Opts((await SharedNats.OfAsync(version)).Url) with
        {
            DrainSubscriptionsOnDispose = true,
            ConsumerDrainOnDisposeTimeout = TimeSpan.FromSeconds(60),
        };
        var rig = await NatsRig.ToAsync(opts);
        var answered = 0;
        await using var listener = await NatsRig.OfAsync(version);
        await using var answers = await listener.Connection.SubscribeCoreAsync<int>(rig.Subject("answer"));
        await listener.Connection.PingAsync();
        var reading = Task.Run(async () =>
        {
            await foreach (var message in rig.Connection.SubscribeAsync<int>(rig.Subject("d")))
            {
                // Like an acknowledgement: it has to get out after the disposal has begun.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                await rig.Connection.PublishAsync(rig.Subject("answer"), message.Data);
                answered++;
            }
        });
        await Eventually.TrueAsync(
            async () =>
            {
                await listener.Connection.PublishAsync(rig.Subject("d"), -1);
                return Volatile.Read(ref answered) > 0;
            },
            "the reader reads");
        for (var i = 0; i < 100; i++)
            await listener.Connection.PublishAsync(rig.Subject("d"), i);
        await listener.Connection.PingAsync();

        await rig.DisposeAsync();
        await reading;

        var seen = (await Take.FromAsync(answers.Msgs, answered)).Select(message => message.Data).Where(data => data >= 0);
        Assert.Equal(Enumerable.Range(0, 100), seen);
    }

    [Theory, EveryNatsServer]
    public async Task One_filter_is_honoured_by_every_server(string version)
    {
        await using var rig = await FilledAsync(version);

        var read = await ReadAsync(rig, 3, new NatsJSOrderedConsumerOpts { FilterSubjects = [rig.Subject("even")] });

        Assert.Equal([2, 4, 6], read);
    }

    [Theory, EveryNatsServer]
    public async Task Reading_begins_with_the_last_of_each_subject(string version)
    {
        await using var rig = await FilledAsync(version);
        var opts = new NatsJSOrderedConsumerOpts { DeliverPolicy = ConsumerConfigDeliverPolicy.LastPerSubject, FilterSubjects = [rig.Subject(">")] };

        Assert.Equal([5, 6], await ReadAsync(rig, 2, opts));
    }

    [Fact]
    public async Task Readers_hear_of_a_connection_that_has_given_up()
    {
        await using var server = await NatsServer.StartAsync();
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { MaxReconnectRetry = 1 });
        await rig.CreateStreamAsync();
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>("a");
        var consumer = await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, new ConsumerConfig("durable"));
        var reading = Take.FromAsync<int>(consumer, 1);

        await server.KillAsync();

        await Assert.ThrowsAsync<NatsConnectionFailedException>(() => reading);
        await subscription.Msgs.Completion.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(NatsConnectionState.Failed, rig.Connection.ConnectionState);
    }

    [Fact]
    public async Task A_disposed_connection_says_so()
    {
        var connection = new NatsConnection();
        await connection.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await connection.ConnectAsync());
    }

    private static async Task<List<int>> ReadAsync(NatsRig rig, int count, NatsJSOrderedConsumerOpts opts) =>
        [.. (await Take.FromAsync<int>(await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream, opts), count)).Select(message => message.Data)];

    // 1 to 6, odd and even on subjects of their own.
    private static async Task<NatsRig> FilledAsync(string version)
    {
        var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        for (var i = 1; i <= 6; i++)
            await rig.StoreAsync(i % 2 == 0 ? "even" : "odd", i);
        return rig;
    }

    private static ValueTask Count(ref int counter)
    {
        Interlocked.Increment(ref counter);
        return ValueTask.CompletedTask;
    }
}
