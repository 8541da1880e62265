using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats;

public sealed class PullConsumerTests
{
    private const int Messages = 500;

    [Theory, EveryNatsServer]
    public async Task Acknowledged_messages_do_not_come_again(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);

        foreach (var message in await Take.FromAsync<int>(consumer, Messages))
            await message.AckAsync();
        await rig.Connection.PingAsync();

        await Eventually.TrueAsync(
            async () =>
            {
                await consumer.RefreshAsync();
                return consumer.Info is { NumAckPending: 0, NumPending: 0 } && consumer.Info.AckFloor.StreamSeq == Messages;
            },
            "the server knows every acknowledgement");
    }

    [Theory, EveryNatsServer]
    public async Task A_double_acknowledgement_is_known_when_it_returns(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);

        var message = await consumer.NextAsync<int>();
        await message!.AckAsync(new AckOpts { DoubleAck = true });
        await consumer.RefreshAsync();

        Assert.Equal(1ul, consumer.Info.AckFloor.StreamSeq);
    }

    [Theory, EveryNatsServer]
    public async Task A_refused_message_comes_again_and_a_delayed_one_later(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig, config => config with { MaxAckPending = 1 });
        var seen = new List<(int Data, ulong Delivered)>();

        await foreach (var message in consumer.ConsumeAsync<int>())
        {
            seen.Add((message.Data, message.Metadata!.Value.NumDelivered));
            if (seen.Count == 1)
                await message.NakAsync();
            else if (seen.Count == 2)
                await message.NakAsync(TimeSpan.FromMilliseconds(50));
            else
                break;
        }

        Assert.Equal([(0, 1ul), (0, 2ul), (0, 3ul)], seen);
    }

    [Theory, EveryNatsServer]
    public async Task A_terminated_message_does_not_come_again(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig, config => config with { MaxAckPending = 1 });
        var seen = new List<int>();

        await foreach (var message in consumer.ConsumeAsync<int>())
        {
            seen.Add(message.Data);
            if (seen.Count == 3)
                break;
            await (KnowsReasons(version) ? message.AckTerminateAsync("of no use") : message.AckTerminateAsync());
        }

        Assert.Equal([0, 1, 2], seen);
    }

    [Theory, EveryNatsServer]
    public async Task Progress_keeps_a_message_from_being_sent_again(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig, config => config with { AckWait = TimeSpan.FromSeconds(1), MaxAckPending = 1 });
        var message = await consumer.NextAsync<int>();

        for (var i = 0; i < 15; i++)
        {
            await message!.AckProgressAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        await message!.AckAsync(new AckOpts { DoubleAck = true });
        var next = await consumer.NextAsync<int>();
        Assert.Equal((1, 1ul), (next!.Data, next.Metadata!.Value.NumDelivered));
        await consumer.RefreshAsync();
        Assert.Equal(0, consumer.Info.NumRedelivered);
    }

    [Theory, EveryNatsServer]
    public async Task An_unanswered_message_comes_again(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig, config => config with { AckWait = TimeSpan.FromMilliseconds(200), MaxAckPending = 1 });

        var seen = await Take.FromAsync<int>(consumer, 2);

        Assert.Equal([(0, 1ul), (0, 2ul)], seen.Select(message => (message.Data, message.Metadata!.Value.NumDelivered)));
    }

    [Theory, EveryNatsServer]
    public async Task The_reader_sets_the_pace(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);

        await foreach (var message in consumer.ConsumeAsync<int>(opts: new NatsJSConsumeOpts { MaxMsgs = 10 }))
        {
            await rig.Connection.PingAsync();
            await consumer.RefreshAsync();
            Assert.InRange(consumer.Info.NumAckPending, 1, 10);
            break;
        }
    }

    [Theory, EveryNatsServer]
    public async Task A_consumer_deleted_under_its_reader_is_told(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);
        var seen = 0;

        var error = await Assert.ThrowsAnyAsync<NatsJSException>(async () =>
        {
            await foreach (var message in consumer.ConsumeAsync<int>())
            {
                await message.AckAsync();
                if (++seen == Messages)
                    await rig.JetStream.DeleteConsumerAsync(rig.Stream, "durable");
            }
        });

        if (error is NatsJSProtocolException protocol)
            Assert.Equal((409, NatsHeaders.Messages.ConsumerDeleted), (protocol.HeaderCode, protocol.HeaderMessage));
        Assert.Equal(Messages, seen);
    }

    [Theory, EveryNatsServer]
    public async Task A_fetch_ends_with_its_batch_or_its_time(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);

        Assert.Equal(Enumerable.Range(0, 400), await FetchAsync(consumer, 400));
        Assert.Equal(Enumerable.Range(400, 100), await FetchAsync(consumer, 400));
        Assert.Null(await consumer.NextAsync<int>(opts: new NatsJSNextOpts { Expires = TimeSpan.FromSeconds(1) }));
    }

    [Theory, EveryNatsServer]
    public async Task A_consumer_is_found_again_by_its_name(string version)
    {
        await using var rig = await FilledAsync(version);
        await ConsumerAsync(rig, config => config with { FilterSubject = rig.Subject("x") });

        var found = await rig.JetStream.GetConsumerAsync(rig.Stream, "durable");

        Assert.Equal((rig.Subject("x"), (ulong)Messages), (found.Info.Config.FilterSubject, found.Info.NumPending));
        var missing = await Assert.ThrowsAsync<NatsJSApiException>(async () => await rig.JetStream.GetConsumerAsync(rig.Stream, "nobody"));
        Assert.Equal(10014, missing.Error.ErrCode);
    }

    [Theory, EveryNatsServer]
    public async Task Cancelling_with_drain_hands_out_what_was_on_the_way(string version)
    {
        var (seen, left) = await CancelAfterFirstAsync(version, drain: true);

        Assert.Equal(100, seen);
        Assert.Equal(0, left);
    }

    [Theory, EveryNatsServer]
    public async Task Cancelling_without_drain_leaves_it_to_be_delivered_again(string version)
    {
        var (seen, left) = await CancelAfterFirstAsync(version, drain: false);

        Assert.Equal(1, seen);
        Assert.True(left > 0, "messages that were delivered but not read stay unacknowledged");
    }

    [Theory, EveryNatsServer]
    public async Task Both_a_number_of_messages_and_one_of_bytes_are_refused(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);

        await Assert.ThrowsAsync<NatsJSException>(() => Take.FromAsync<int>(consumer, 1, new NatsJSConsumeOpts { MaxMsgs = 1, MaxBytes = 1 }));
        await Assert.ThrowsAsync<NatsJSException>(() => Take.FromAsync<int>(consumer, 1, new NatsJSConsumeOpts()));
    }

    // Older servers take an answer with a reason for no answer at all.
    private static bool KnowsReasons(string version) => Version.Parse(version) >= new Version(2, 10, 4);

    // A window of 100 that is never refilled: all of it has arrived when the first message is read.
    private static async Task<(int Seen, int Left)> CancelAfterFirstAsync(string version, bool drain)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await ConsumerAsync(rig);
        using var stop = new CancellationTokenSource();
        var opts = new NatsJSConsumeOpts { MaxMsgs = 100, ThresholdMsgs = 0, DrainOnCancel = drain };
        var seen = 0;
        await foreach (var message in consumer.ConsumeAsync<int>(opts: opts, cancellationToken: stop.Token))
        {
            await message.AckAsync();
            if (++seen > 1)
                continue;
            await Eventually.TrueAsync(
                async () =>
                {
                    await consumer.RefreshAsync();
                    return consumer.Info.Delivered.ConsumerSeq == 100;
                },
                "the window has been sent");
            await rig.Connection.PingAsync();
            await stop.CancelAsync();
        }

        // The server counts acknowledgements some time after it has got them.
        await Eventually.TrueAsync(
            async () =>
            {
                await consumer.RefreshAsync();
                return consumer.Info.NumAckPending == 100 - seen;
            },
            "what was handed out counts as acknowledged");
        return (seen, consumer.Info.NumAckPending);
    }

    private static async Task<List<int>> FetchAsync(INatsJSConsumer consumer, int batch)
    {
        var fetched = new List<int>();
        await foreach (var message in consumer.FetchAsync<int>(new NatsJSFetchOpts { MaxMsgs = batch, Expires = TimeSpan.FromSeconds(1) }))
        {
            fetched.Add(message.Data);
            await message.AckAsync();
        }

        return fetched;
    }

    private static ValueTask<INatsJSConsumer> ConsumerAsync(NatsRig rig, Func<ConsumerConfig, ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig("durable") { MaxAckPending = 2 * Messages };
        return rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, configure?.Invoke(config) ?? config);
    }

    private static async Task<NatsRig> FilledAsync(string version)
    {
        var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        for (var i = 0; i < Messages; i++)
            await rig.Connection.PublishAsync(rig.Subject("x"), i);
        await Eventually.TrueAsync(
            async () => (await rig.JetStream.GetStreamAsync(rig.Stream)).Info.State.Messages == Messages, "the stream is filled");
        return rig;
    }
}
