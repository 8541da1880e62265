using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats;

public sealed class OrderedConsumerTests
{
    [Theory, EveryNatsServer]
    public async Task A_stream_is_read_in_order_with_metadata(string version)
    {
        await using var rig = await FilledAsync(version);

        var read = await Take.FromAsync<int>(await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream), 6);

        Assert.Equal([1, 2, 3, 4, 5, 6], read.Select(message => message.Data));
        var metadata = read[1].Metadata!.Value;
        Assert.Equal((2ul, 2ul, 4ul, 1ul), (metadata.Sequence.Stream, metadata.Sequence.Consumer, metadata.NumPending, metadata.NumDelivered));
        Assert.Equal(rig.Stream, metadata.Stream);
        Assert.InRange(metadata.Timestamp, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddHours(1));
        Assert.StartsWith($"$JS.ACK.{rig.Stream}.", read[1].ReplyTo, StringComparison.Ordinal);
    }

    [Theory, EveryNatsServer]
    public async Task Reading_begins_at_a_sequence(string version)
    {
        await using var rig = await FilledAsync(version);
        var opts = new NatsJSOrderedConsumerOpts { DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence, OptStartSeq = 4 };

        Assert.Equal([4, 5, 6], await ReadAsync(rig, 3, opts));
    }

    [Theory, EveryNatsServer]
    public async Task Reading_begins_at_a_time(string version)
    {
        await using var rig = await FilledAsync(version);
        var third = (await Take.FromAsync<int>(await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream), 3))[2].Metadata!.Value.Timestamp;
        var opts = new NatsJSOrderedConsumerOpts { DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartTime, OptStartTime = third };

        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream, opts);
        var read = new List<int>();
        await foreach (var message in consumer.ConsumeAsync<int>())
        {
            read.Add(message.Data);
            if (message.Data == 6)
                break;
        }

        // The package gives times in whole milliseconds, so a neighbour may come along; nothing from then on may be missing.
        Assert.Equal([3, 4, 5, 6], read.SkipWhile(value => value < 3));
    }

    [Theory, EveryNatsServer]
    public async Task New_messages_are_followed(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);
        var reading = Take.FromAsync<int>(consumer, 506);

        for (var i = 7; i <= 506; i++)
            await rig.StoreAsync("more", i);

        Assert.Equal(Enumerable.Range(1, 506), (await reading).Select(message => message.Data));
    }

    [Theory, EveryNatsServer]
    public async Task A_window_smaller_than_the_stream_is_refilled(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        for (var i = 0; i < 2000; i++)
            await rig.Connection.PublishAsync(rig.Subject("x"), i);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);

        var read = await Take.FromAsync<int>(consumer, 2000, new NatsJSConsumeOpts { MaxMsgs = 7 });

        Assert.Equal(Enumerable.Range(0, 2000), read.Select(message => message.Data));
    }

    [Theory, EveryNatsServer]
    public async Task A_window_of_bytes_is_refilled_too(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await rig.CreateStreamAsync();
        for (var i = 0; i < 2000; i++)
            await rig.Connection.PublishAsync(rig.Subject("x"), i);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);

        var read = await Take.FromAsync<int>(consumer, 2000, new NatsJSConsumeOpts { MaxBytes = 4096 });

        Assert.Equal(Enumerable.Range(0, 2000), read.Select(message => message.Data));
    }

    [Theory, EveryNatsServer]
    public async Task Losing_its_consumer_on_the_server_costs_the_reader_nothing(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);
        var seen = new List<int>();

        await foreach (var message in consumer.ConsumeAsync<int>())
        {
            seen.Add(message.Data);
            if (seen.Count is 6 or 9)
            {
                Assert.True(await rig.JetStream.DeleteConsumerAsync(rig.Stream, consumer.Info.Name));
                await rig.StoreAsync("after", seen.Count + 1, seen.Count + 2, seen.Count + 3);
            }

            if (seen.Count == 12)
                break;
        }

        Assert.Equal(Enumerable.Range(1, 12), seen);
    }

    [Theory, EveryNatsServer]
    public async Task Cancelling_ends_the_reading_quietly(string version)
    {
        await using var rig = await FilledAsync(version);
        using var stop = new CancellationTokenSource();
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);
        var seen = 0;

        await foreach (var message in consumer.ConsumeAsync<int>(cancellationToken: stop.Token))
        {
            if (++seen == 6)
                stop.CancelAfter(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(6, seen);
    }

    [Theory, EveryNatsServer]
    public async Task Disposing_of_the_connection_ends_the_reading_quietly(string version)
    {
        var rig = await FilledAsync(version);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);
        var disposing = Task.CompletedTask;
        var seen = 0;

        await foreach (var message in consumer.ConsumeAsync<int>())
        {
            if (++seen == 6)
                disposing = rig.DisposeAsync().AsTask();
        }

        await disposing;
        Assert.Equal(6, seen);
    }

    [Theory, EveryNatsServer]
    public async Task A_missing_stream_is_told_instead_of_waited_for(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);

        var error = await Assert.ThrowsAsync<NatsJSApiException>(() => Take.FromAsync<int>(consumer, 1));

        Assert.Equal(404, error.Error.Code);
    }

    [Theory, EveryNatsServer]
    public async Task Fetching_continues_where_the_last_fetch_ended(string version)
    {
        await using var rig = await FilledAsync(version);
        var consumer = await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream);
        var fetch = new NatsJSFetchOpts { MaxMsgs = 4, Expires = TimeSpan.FromSeconds(1) };

        var first = await FetchAsync(consumer, fetch);
        var second = await FetchAsync(consumer, fetch);

        Assert.Equal([1, 2, 3, 4], first);
        Assert.Equal([5, 6], second);
    }

    private static async Task<List<int>> FetchAsync(INatsJSConsumer consumer, NatsJSFetchOpts fetch)
    {
        var fetched = new List<int>();
        await foreach (var message in consumer.FetchAsync<int>(fetch))
            fetched.Add(message.Data);
        return fetched;
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
}
