using System.Text;
using CryptoScreener.ContractTests.Messaging;
using CryptoScreener.ContractTests.Nats.Servers;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;
using NATS.Client.Core.Internal.Transport;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Servers that keep to the letter of the protocol and mean no good, and publishers behind good ones.</summary>
public sealed class HostileServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Plain_text_between_info_and_tls_is_refused()
    {
        using var server = new PlayedServer();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with { TlsOpts = new NatsTlsOpts { InsecureSkipVerify = true } });

        var connecting = connection.ConnectAsync().AsTask();
        using var client = await server.GreetAsync("INFO {\"tls_required\":true,\"max_payload\":1048576}\r\nPONG\r\n");

        var error = await Assert.ThrowsAsync<NatsException>(() => connecting);
        Assert.Contains("plain text", Assert.IsType<NatsProtocolViolationException>(error.InnerException).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Announced_addresses_that_nobody_could_dial_are_passed_over()
    {
        using var server = new PlayedServer();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url));
        var connecting = connection.ConnectAsync().AsTask();

        using var client = await server.WelcomeAsync("INFO {\"connect_urls\":[\"http://x:1\",\"::::\",\"\",null,\"a b:4222\",\"127.0.0.1:99999\"]}\r\n");
        await connecting;

        Assert.Equal(NatsConnectionState.Open, connection.ConnectionState);
    }

    [Fact]
    public async Task A_server_that_names_no_largest_payload_is_given_any()
    {
        using var server = new PlayedServer();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url));
        var connecting = connection.ConnectAsync().AsTask();
        using var client = await server.WelcomeAsync("INFO {}\r\n");
        await connecting;

        await connection.PublishAsync("a", "b");

        Assert.Equal("PUB a 1", await client.HearAsync("PUB"));
    }

    [Fact]
    public async Task A_thousand_pings_that_nobody_could_answer_yet_are_answered_once()
    {
        var outbound = new OutboundQueue(limit: 1024, new ConnectionMeter());
        for (var i = 0; i < 1000; i++)
            outbound.Pong();

        outbound.StartWriter(Stream.Null);

        Assert.Equal("PONG\r\n", Encoding.ASCII.GetString((await outbound.TakeAsync())!.Span));
        outbound.Pong();
        Assert.Equal("PONG\r\n", Encoding.ASCII.GetString((await outbound.TakeAsync())!.Span));
    }

    [Fact]
    public void A_block_of_nothing_but_one_header_is_read_without_effort()
    {
        var block = Encoding.ASCII.GetBytes($"NATS/1.0\r\n{string.Concat(Enumerable.Repeat("a:\r\n", 250_000))}\r\n");

        Assert.Equal(250_000, HeaderBlock.Read(block)["a"].Count);
    }

    [Fact]
    public void Subjects_of_any_length_do_not_fill_the_cache()
    {
        var cache = new SubjectCache();
        var subject = Encoding.ASCII.GetBytes(new string('x', 4000));
        var first = cache.Get(subject);
        cache.Get("another"u8);

        Assert.NotSame(first, cache.Get(subject));
    }

    [Fact]
    public async Task A_consumer_name_that_would_be_a_command_is_refused()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        var asking = rig.JetStream.GetConsumerAsync("S", "C").AsTask();
        await client.ReplyAsync("{\"stream_name\":\"S\",\"name\":\"x 0\\r\\nUNSUB 1\"}");
        var consumer = await asking;

        await Assert.ThrowsAsync<NatsException>(async () => await consumer.NextAsync<int>());
    }

    [Fact]
    public void A_server_that_announces_two_thousand_addresses_does_not_hide_the_configured_one()
    {
        var announced = string.Join(',', Enumerable.Range(1, 2_000).Select(i => $"\"10.1.{i / 250}.{i % 250}:1\""));
        var servers = new ServerList(NatsRig.Opts("nats://127.0.0.1:4222"));

        servers.Announce(ServerInfo.Parse(Encoding.ASCII.GetBytes($"{{\"connect_urls\":[{announced}]}}")).ClientConnectUrls, "nats");

        Assert.Equal(64 + 1, servers.Candidates(lost: null).Length);
        Assert.Contains(servers.Candidates(lost: null), address => address.IsSeed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("INFO {\"max_payload\":1048576")]
    [InlineData("INFO {}\r\n")]
    public async Task A_server_that_does_not_finish_its_greeting_is_not_waited_for(string greeting)
    {
        using var server = new PlayedServer();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url) with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });
        var connecting = connection.ConnectAsync().AsTask();

        using var client = await server.GreetAsync(greeting);

        var error = await Assert.ThrowsAsync<NatsException>(() => connecting.WaitAsync(Patience));
        Assert.Contains("within 0.2 s", error.InnerException!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_greeting_that_comes_byte_by_byte_is_a_greeting()
    {
        using var server = new PlayedServer();
        await using var connection = new NatsConnection(NatsRig.Opts(server.Url));
        var connecting = connection.ConnectAsync().AsTask();
        using var client = await server.GreetAsync("");

        await client.SayByteByByteAsync("INFO {\"max_payload\":1048576}\r\n");
        await client.HearAsync("PING");
        await client.SayByteByByteAsync("PONG\r\n");

        await connecting.WaitAsync(Patience);
    }

    [Fact]
    public async Task Messages_that_come_byte_by_byte_are_messages()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync();
        await using var _ = rig;
        using var __ = client;
        await using var subscription = await rig.Connection.SubscribeCoreAsync<string>("a");
        await client.HearAsync("SUB a 1");

        await client.SayByteByByteAsync("PING\r\nMSG a 1 5\r\nhello\r\n+OK\r\nHMSG a 1 r 18 23\r\nNATS/1.0\r\nK: v\r\n\r\nworld\r\nMSG a 1 0\r\n\r\n");

        var messages = await Take.FromAsync(subscription.Msgs, 3);
        Assert.Equal(["hello", "world", null], messages.Select(message => message.Data));
        Assert.Equal("v", messages[1].Headers!["K"]);
    }

    [Fact]
    public async Task A_server_that_begins_the_largest_message_and_falls_silent_is_left()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync(opts => opts with { PingInterval = TimeSpan.FromMilliseconds(100) });
        await using var _ = rig;
        using var __ = client;
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.ConnectionDisconnected += (_, _) => lost.TrySetResult() ? default : default(ValueTask);

        await client.SayAsync($"MSG a 1 {NatsOpts.Default.MaxPayloadHardCap}\r\n");

        await lost.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_message_above_the_hard_cap_is_not_waited_for()
    {
        using var server = new PlayedServer();
        var (rig, client) = await server.ConnectAsync(opts => opts with { MaxPayloadHardCap = 1000 });
        await using var _ = rig;
        using var __ = client;
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Connection.ConnectionDisconnected += (_, _) => lost.TrySetResult() ? default : default(ValueTask);

        await client.SayAsync("MSG a 1 1001\r\n");

        await lost.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task The_same_complaint_a_thousand_times_is_one_line_of_the_log()
    {
        using var server = new PlayedServer();
        var lines = new LogLines();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(lines));
        var (rig, client) = await server.ConnectAsync(opts => opts with { LoggerFactory = loggers });
        await using var _ = rig;
        using var __ = client;

        await client.SayAsync(string.Concat(Enumerable.Repeat("-ERR 'Permissions Violation for Publish to \"x\"'\r\n", 1000)));
        await client.AnswersAsync();

        Assert.Single(lines.Seen, line => line.Id == 1005);
    }

    [Fact]
    public void Subjects_chosen_to_collide_are_searched_for_a_few_steps_only()
    {
        const int Bits = 0xFFF;
        var colliding = Enumerable.Range(0, int.MaxValue).Select(i => $"s{i:x}").Where(s => (SubjectCache.Hash(Encoding.ASCII.GetBytes(s)) & Bits) == 1).Take(100).ToList();
        var cache = new SubjectCache();

        foreach (var subject in colliding)
            Assert.Equal(subject, cache.Get(Encoding.ASCII.GetBytes(subject)));

        var first = cache.Get(Encoding.ASCII.GetBytes(colliding[0]));
        var last = cache.Get(Encoding.ASCII.GetBytes(colliding[^1]));
        Assert.Same(first, cache.Get(Encoding.ASCII.GetBytes(colliding[0])));
        Assert.NotSame(last, cache.Get(Encoding.ASCII.GetBytes(colliding[^1])));
    }
}
