using System.Diagnostics;
using System.Text.Json;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>What is left on the server, and what its late answers do, when a pull is given up for another.</summary>
public sealed class PullRestartTests
{
    private const string NewConsumer = """{"stream_name":"S","name":"C","config":{"name":"C"},"delivered":{"consumer_seq":0,"stream_seq":0}}""";
    private static readonly NatsJSConsumeOpts TenAtOnce = new() { MaxMsgs = 10, Expires = TimeSpan.FromSeconds(60), IdleHeartbeat = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task The_end_of_a_pull_given_up_asks_for_nothing_new()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var reading = ReadAsync(rig, 1);
        var first = await HearPullAsync(client);

        await client.SayAsync(Status(first.Inbox, first.Sid, "409 Leadership Change"));
        var second = await HearPullAsync(client);
        Assert.Equal(10, second.Batch);
        await client.SayAsync(Status(first.Inbox, first.Sid, "408 Request Timeout\r\nNats-Pending-Messages: 10"));

        Assert.DoesNotContain(await client.AnswersAsync(), line => line.StartsWith("PUB $JS.API", StringComparison.Ordinal));
        await client.SayAsync(Message(second.Sid, 1));
        Assert.Equal([1], await reading);
    }

    [Fact]
    public async Task A_message_of_a_pull_given_up_is_read_and_does_not_count_for_the_new_one()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var reading = ReadAsync(rig, 6);
        var first = await HearPullAsync(client);
        await client.SayAsync(Status(first.Inbox, first.Sid, "409 Leadership Change"));
        var second = await HearPullAsync(client);
        Assert.NotEqual((first.Inbox, first.Sid), (second.Inbox, second.Sid));

        for (var i = 1; i <= 5; i++)
            await client.SayAsync(Message(first.Sid, i));
        await client.SayAsync(Message(second.Sid, 6));

        Assert.Equal([1, 2, 3, 4, 5, 6], await reading);
        // Nine are still asked for: the five late ones counted for the new pull would have brought it to its threshold.
        Assert.DoesNotContain(await client.AnswersAsync(), line => line.StartsWith("PUB $JS.API", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pull_that_the_server_forgets_is_sent_again_without_waiting_for_heartbeats()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var reading = Take.FromAsync<int>(Consumer(rig), 1, TenAtOnce with { Expires = TimeSpan.FromSeconds(1) });
        var first = await HearPullAsync(client);

        var (inbox, sid) = await HearNextPullAsync(client, first.Sid);

        // In the same subscription: a restart would have another.
        Assert.Equal(first.Sid, sid);
        Assert.NotEqual(first.Inbox, inbox);
        await client.SayAsync(Message(sid, 1));
        Assert.Equal([1], (await reading).Select(message => message.Data));
    }

    [Theory]
    [InlineData("409 Leadership Change")]
    [InlineData("408 Request Timeout\r\nNats-Pending-Messages: 10")]
    [InlineData("404 No Messages\r\nNats-Pending-Messages: 10")]
    [InlineData("503")]
    public async Task A_server_that_ends_every_pull_at_once_is_not_asked_in_a_circle(string status)
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var reading = Take.FromAsync<int>(Consumer(rig), 1, TenAtOnce with { MaxConsecutive503Errors = -1 });
        var (inbox, sid, _) = await HearPullAsync(client);
        var pull = (Inbox: inbox, Sid: sid);
        var clock = Stopwatch.StartNew();
        const int rounds = 6;

        for (var round = 0; round < rounds; round++)
        {
            // Each said three times: what is said again must not ask again.
            await client.SayAsync(string.Concat(Enumerable.Repeat(Status(pull.Inbox, pull.Sid, status), 3)));
            pull = await HearNextPullAsync(client, pull.Sid);
        }

        // Every other round at least has a pause in front, which can be longer than it should, and not shorter.
        Assert.True(clock.Elapsed > TimeSpan.FromSeconds(0.2 * (rounds / 2)), $"{rounds} rounds took {clock.Elapsed}");
        await client.SayAsync(Message(pull.Sid, 1));
        Assert.Equal([1], (await reading).Select(message => message.Data));
    }

    [Fact]
    public async Task Whatever_comes_in_the_inbox_of_a_pull_the_connection_stays()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var lost = 0;
        rig.Connection.ConnectionDisconnected += (_, _) => Interlocked.Increment(ref lost) > 0 ? default : default(ValueTask);
        var consumer = Consumer(rig);
        using var stop = new CancellationTokenSource();
        var reading = DrainAsync(consumer, stop.Token);
        var pull = await HearPullAsync(client);

        for (var i = 0; i < 500; i++)
        {
            var block = ProtocolCorpus.DamageOne(ProtocolCorpus.HeaderBlocks, random);
            var reply = random.Next(2) == 0 ? "" : $"{ProtocolCorpus.DamageOne(ProtocolCorpus.AckSubjects, random, "\0 \t\r\n")} ";
            // Mostly about a pull that may well be open.
            var last = random.Next(5) == 0 ? ProtocolCorpus.DamageOne(["1"], random, "\0 \t\r\n") : $"{i / 20}";
            var inbox = pull.Inbox[..(pull.Inbox.LastIndexOf('.') + 1)] + last;
            await client.SayAsync($"HMSG {inbox} {pull.Sid} {reply}{block.Length} {block.Length}\r\n{block}\r\n");
        }

        await client.AnswersAsync();
        Assert.True(lost == 0, $"The connection was given up; seed {seed}");
        await stop.CancelAsync();
        await reading;
    }

    [Theory, EveryNatsServer]
    public async Task Many_reconnects_leave_one_pull_on_the_server(string version)
    {
        await using var proxy = new FaultyProxy((await SharedNats.OfAsync(version)).Port);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(proxy.Url));
        await using var watcher = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        var consumer = await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, new ConsumerConfig("durable"));
        var reading = Take.FromAsync<int>(consumer, 1, TenAtOnce);
        await Eventually.TrueAsync(async () => await WaitingAsync(watcher, rig.Stream) == 1, "the first pull is there");

        for (var opened = 2; opened <= 6; opened++)
        {
            var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            rig.Connection.ConnectionOpened += (_, _) => back.TrySetResult() ? default : default(ValueTask);
            proxy.Cut();
            await back.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await rig.Connection.PingAsync();
        }

        await Eventually.TrueAsync(async () => await WaitingAsync(watcher, rig.Stream) == 1, "one pull is left");
        await rig.StoreAsync("x", 1);
        Assert.Equal([1], (await reading).Select(message => message.Data));
    }

    [Theory, EveryNatsServer]
    public async Task A_cancelled_fetch_leaves_no_pull_on_the_server(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        var consumer = await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, new ConsumerConfig("durable"));
        using var stop = new CancellationTokenSource();
        var fetching = consumer.NextAsync<int>(opts: new NatsJSNextOpts { Expires = TimeSpan.FromSeconds(60) }, cancellationToken: stop.Token).AsTask();
        await Eventually.TrueAsync(async () => await WaitingAsync(rig, rig.Stream) == 1, "the pull is there");

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
        await Eventually.TrueAsync(async () => await WaitingAsync(rig, rig.Stream) == 0, "the pull is gone");
        await rig.StoreAsync("x", 1);
        Assert.Equal(1ul, (await consumer.NextAsync<int>())!.Metadata!.Value.NumDelivered);
    }

    [Fact]
    public async Task An_ordered_reader_whose_consumer_nobody_knows_any_more_makes_another()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var reading = Take.FromAsync<int>(
            await rig.JetStream.CreateOrderedConsumerAsync("S"), 1, TenAtOnce with { MaxConsecutive503Errors = 1 });
        await client.ReplyAsync(NewConsumer);
        var (inbox, sid) = await HearNextPullAsync(client, "");

        await client.SayAsync(Status(inbox, sid, "503"));

        await client.HearUpToAsync("PUB $JS.API.CONSUMER.CREATE.S");
        await client.HearAsync();
        Assert.False(reading.IsCompleted);
    }

    [Fact]
    public async Task A_fetch_that_is_cancelled_before_it_began_pulls_nothing()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Consumer(rig).NextAsync<int>(cancellationToken: new CancellationToken(canceled: true)));

        Assert.DoesNotContain(await client.AnswersAsync(), line => line.StartsWith("PUB", StringComparison.Ordinal));
    }

    private static NatsJSConsumer Consumer(NatsRig rig) => new(rig.JetStream, new ConsumerInfo { StreamName = "S", Name = "C" });

    private static async Task<List<int>> ReadAsync(NatsRig rig, int count) =>
        [.. (await Take.FromAsync<int>(Consumer(rig), count, TenAtOnce)).Select(message => message.Data)];

    // Until the server's lies end it, or we do.
    private static async Task DrainAsync(NatsJSConsumer consumer, CancellationToken stop)
    {
        try
        {
            await foreach (var message in consumer.ConsumeAsync<byte[]>(opts: TenAtOnce, cancellationToken: stop))
                _ = (message.ReplyTo, message.Metadata, message.Headers?.Count);
        }
        catch (NatsJSException)
        {
            // Some of what is said means that the consumer is gone.
        }
    }

    private static async Task<(string Inbox, string Sid)> HearNextPullAsync(PlayedServer.Conversation client, string lastSid)
    {
        var sid = lastSid;
        while (true)
        {
            var line = (await client.HearAsync()).Split(' ');
            if (line[0] == "SUB")
                sid = line[2];
            if (line is ["PUB", "$JS.API.CONSUMER.MSG.NEXT.S.C", var inbox, ..])
                return (inbox, sid);
        }
    }

    // SUB inbox sid, ..., PUB subject inbox length, request
    private static async Task<(string Inbox, string Sid, int Batch)> HearPullAsync(PlayedServer.Conversation client)
    {
        var heard = await client.HearUpToAsync("PUB $JS.API.CONSUMER.MSG.NEXT.S.C");
        var inbox = heard[^1].Split(' ')[2];
        var subscribed = heard.Last(line => line.StartsWith("SUB", StringComparison.Ordinal)).Split(' ');
        Assert.Equal(subscribed[1], $"{inbox[..inbox.LastIndexOf('.')]}.*");
        return (inbox, subscribed[2], JsonDocument.Parse(await client.HearAsync()).RootElement.GetProperty("batch").GetInt32());
    }

    private static string Status(string inbox, string sid, string status)
    {
        var block = $"NATS/1.0 {status}\r\n\r\n";
        return $"HMSG {inbox} {sid} {block.Length} {block.Length}\r\n{block}\r\n";
    }

    private static string Message(string sid, int value) => $"MSG s {sid} $JS.ACK.S.C.1.{value}.{value}.1700000000000000000.0 1\r\n{value}\r\n";

    private static async Task<int> WaitingAsync(NatsRig rig, string stream)
    {
        var info = await rig.Connection.RequestAsync<string, string>($"$JS.API.CONSUMER.INFO.{stream}.durable", null);
        return JsonDocument.Parse(info.Data!).RootElement.GetProperty("num_waiting").GetInt32();
    }
}
