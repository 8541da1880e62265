using System.Text;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

public sealed class CoreTests
{
    [Theory, EveryNatsServer]
    public async Task A_message_arrives_with_subject_headers_and_data(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<string>(rig.Subject(">"));

        var headers = new NatsHeaders { ["One"] = "1", ["Two"] = new[] { "a", "b" } };
        await rig.Connection.PublishAsync(rig.Subject("a.b"), "hello", headers, replyTo: "somewhere");

        var message = (await Take.FromAsync(subscription.Msgs, 1))[0];
        Assert.Equal(rig.Subject("a.b"), message.Subject);
        Assert.Equal("hello", message.Data);
        Assert.Equal("somewhere", message.ReplyTo);
        Assert.Equal("1", message.Headers!["One"]);
        Assert.Equal("a,b", message.Headers["Two"].ToString());
        Assert.Equal("1", message.Headers["one"]);
        message.EnsureSuccess();
    }

    [Theory, EveryNatsServer]
    public async Task A_message_without_payload_is_empty(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<byte[]>(rig.Subject("x"));

        await rig.Connection.PublishAsync(rig.Subject("x"));

        var message = (await Take.FromAsync(subscription.Msgs, 1))[0];
        Assert.True(message.IsEmpty);
        Assert.Null(message.Data);
        Assert.Null(message.Headers);
    }

    [Theory, EveryNatsServer]
    public async Task Order_is_kept(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("n"));

        for (var i = 0; i < 10_000; i++)
            await rig.Connection.PublishAsync(rig.Subject("n"), i);

        var received = await Take.FromAsync(subscription.Msgs, 10_000);
        Assert.Equal(Enumerable.Range(0, 10_000), received.Select(message => message.Data));
    }

    [Theory, EveryNatsServer]
    public async Task A_payload_of_a_megabyte_arrives_whole(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<byte[]>(rig.Subject("big"));
        var payload = new byte[1024 * 1024];
        new Random(7).NextBytes(payload);

        for (var i = 0; i < 3; i++)
        {
            await rig.Connection.PublishAsync(rig.Subject("big"), payload);
            await rig.Connection.PublishAsync(rig.Subject("big"), new byte[] { 1 });
        }

        var received = await Take.FromAsync(subscription.Msgs, 6);
        Assert.All(received.Where((_, i) => i % 2 == 0), message => Assert.Equal(payload, message.Data));
        Assert.All(received.Where((_, i) => i % 2 == 1), message => Assert.Equal([1], message.Data!));
    }

    [Theory, EveryNatsServer]
    public async Task A_payload_above_the_servers_limit_is_refused_and_the_connection_lives_on(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var tooLarge = new byte[rig.Connection.ServerInfo!.MaxPayload + 1];

        await Assert.ThrowsAsync<NatsPayloadTooLargeException>(async () => await rig.Connection.PublishAsync(rig.Subject("big"), tooLarge));

        await rig.Connection.PingAsync();
    }

    [Theory, EveryNatsServer]
    public async Task A_hundred_thousand_subjects_keep_their_names(string version)
    {
        const int Subjects = 100_000;
        await using var rig = await NatsRig.OfAsync(version);
        var all = new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = 2 * Subjects } };
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("s.*"), opts: all);

        for (var i = 0; i < 2 * Subjects; i++)
            await rig.Connection.PublishAsync(rig.Subject($"s.{i % Subjects}"), i % Subjects);

        var received = await Take.FromAsync(subscription.Msgs, 2 * Subjects);
        Assert.All(received, message => Assert.Equal(rig.Subject($"s.{message.Data}"), message.Subject));
    }

    [Theory, EveryNatsServer]
    public async Task A_queue_group_shares_the_messages(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var one = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("q"), queueGroup: "g");
        await using var two = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("q"), queueGroup: "g");

        for (var i = 0; i < 1000; i++)
            await rig.Connection.PublishAsync(rig.Subject("q"), i);
        await rig.Connection.PingAsync();
        await one.DrainAsync();
        await two.DrainAsync();

        Assert.Equal(1000, one.Msgs.Count + two.Msgs.Count);
        Assert.True(one.Msgs.Count > 0 && two.Msgs.Count > 0);
    }

    [Theory, EveryNatsServer]
    public async Task Cancelling_ends_an_enumeration_quietly(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        using var stop = new CancellationTokenSource();
        var seen = 0;
        var publishing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await rig.Connection.PublishAsync(rig.Subject("c"), 1);
        });

        await foreach (var message in rig.Connection.SubscribeAsync<int>(rig.Subject("c"), cancellationToken: stop.Token))
        {
            if (++seen == 5)
                await stop.CancelAsync();
        }

        await publishing;
        Assert.True(seen >= 5);
    }

    [Theory, EveryNatsServer]
    public async Task What_cannot_be_deserialized_is_the_messages_error_and_not_the_connections(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("i"));

        await rig.Connection.PublishAsync(rig.Subject("i"), "not a number");
        await rig.Connection.PublishAsync(rig.Subject("i"), 42);

        var received = await Take.FromAsync(subscription.Msgs, 2);
        var error = Assert.IsType<NatsDeserializeException>(received[0].Error);
        Assert.Equal("not a number", Encoding.UTF8.GetString(error.RawData));
        Assert.Throws<NatsDeserializeException>(received[0].EnsureSuccess);
        Assert.Equal(42, received[1].Data);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nPUB b 0")]
    [InlineData("a\tb")]
    public async Task A_subject_that_would_break_the_protocol_is_refused(string subject)
    {
        await using var connection = new NatsConnection();

        await Assert.ThrowsAsync<NatsException>(async () => await connection.PublishAsync(subject, 1));
        await Assert.ThrowsAsync<NatsException>(async () => await connection.PublishAsync("a", 1, replyTo: subject));
        await Assert.ThrowsAsync<NatsException>(async () => await connection.SubscribeCoreAsync<int>(subject));
        await Assert.ThrowsAsync<NatsException>(async () => await connection.SubscribeCoreAsync<int>("a", queueGroup: subject));
        await Assert.ThrowsAsync<NatsException>(async () => await connection.RequestAsync<int, int>(subject, 1));
    }

    [Theory, EveryNatsServer]
    public async Task A_header_that_would_break_the_protocol_is_refused(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);

        await Assert.ThrowsAsync<NatsException>(async () =>
            await rig.Connection.PublishAsync(rig.Subject("h"), 1, new NatsHeaders { ["a b"] = "x" }));
        await Assert.ThrowsAsync<NatsException>(async () =>
            await rig.Connection.PublishAsync(rig.Subject("h"), 1, new NatsHeaders { ["a"] = "x\r\ny: z" }));

        await rig.Connection.PingAsync();
    }

    [Theory, EveryNatsServer]
    public async Task Pooled_memory_and_buffer_writers_go_over_the_wire(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>(rig.Subject("raw"));

        var writer = new NatsBufferWriter<byte>();
        "from a writer"u8.CopyTo(writer.GetSpan(13));
        writer.Advance(13);
        await rig.Connection.PublishAsync(rig.Subject("raw"), writer);
        var owner = NatsMemoryOwner<byte>.Allocate(4);
        "pool"u8.CopyTo(owner.Span);
        await rig.Connection.PublishAsync(rig.Subject("raw"), owner);

        var received = await Take.FromAsync(subscription.Msgs, 2);
        Assert.Equal(["from a writer", "pool"], received.Select(message => Encoding.UTF8.GetString(message.Data.Span)));
        foreach (var message in received)
            message.Data.Dispose();
    }

    [Theory, EveryNatsServer]
    public async Task A_connection_without_echo_does_not_hear_itself(string version)
    {
        var url = (await SharedNats.OfAsync(version)).Url;
        await using var quiet = await NatsRig.ToAsync(NatsRig.Opts(url) with { Echo = false });
        await using var other = await NatsRig.OfAsync(version);
        await using var subscription = await quiet.Connection.SubscribeCoreAsync<string>(quiet.Subject("e"));
        await quiet.Connection.PingAsync();

        await quiet.Connection.PublishAsync(quiet.Subject("e"), "own");
        await quiet.Connection.PingAsync();
        await other.Connection.PublishAsync(quiet.Subject("e"), "foreign");

        Assert.Equal("foreign", (await Take.FromAsync(subscription.Msgs, 1))[0].Data);
    }

    [Fact]
    public async Task The_versions_tested_are_known_and_the_installed_one_is_among_them()
    {
        Console.WriteLine($"NATS contract tests run against nats-server {string.Join(", ", NatsPrograms.ByVersion.Keys)}");
        foreach (var version in NatsPrograms.ByVersion.Keys)
        {
            await using var rig = await NatsRig.OfAsync(version);
            Assert.StartsWith(version, rig.Connection.ServerInfo!.Version, StringComparison.Ordinal);
            Assert.True(rig.Connection.ServerInfo.JetStreamAvailable);
        }

        Assert.Contains(NatsPrograms.Installed, NatsPrograms.ByVersion.Values);
    }

    [Theory, EveryNatsServer]
    public async Task Unsubscribing_stops_the_messages_and_ends_the_reader(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("u"));
        await rig.Connection.PublishAsync(rig.Subject("u"), 1);
        Assert.Equal(1, (await Take.FromAsync(subscription.Msgs, 1))[0].Data);

        await subscription.UnsubscribeAsync();
        await rig.Connection.PublishAsync(rig.Subject("u"), 2);
        await rig.Connection.PingAsync();

        await Eventually.TrueAsync(() => subscription.Msgs.Completion.IsCompleted, "the reader has ended");
        Assert.Equal(0, subscription.Msgs.Count);
    }
}
