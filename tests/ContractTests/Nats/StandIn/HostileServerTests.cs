using System.Text;
using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>Servers that keep to the letter of the protocol and mean no good, and publishers behind good ones.</summary>
public sealed class HostileServerTests
{
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
}
