using System.Threading.Channels;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>What happens to messages nobody reads in time, and to those on their way when a subscription ends.</summary>
public sealed class DeliveryTests
{
    private const int Messages = 5_000;

    [Theory, EveryNatsServer]
    public async Task A_slow_reader_loses_messages_and_is_told_of_each(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        var (dropped, slow) = (0, 0);
        rig.Connection.MessageDropped += (_, _) => Count(ref dropped);
        rig.Connection.SlowConsumerDetected += (_, _) => Count(ref slow);
        await using var subscription = await SubscribeAsync(rig, capacity: 10, BoundedChannelFullMode.DropNewest);

        for (var i = 0; i < 100; i++)
            await rig.Connection.PublishAsync(rig.Subject("d"), i);

        await Eventually.TrueAsync(() => Volatile.Read(ref dropped) == 90, "every loss has been told");
        Assert.Equal(1, slow);
        Assert.Equal(10, subscription.Msgs.Count);
    }

    [Theory, EveryNatsServer]
    public async Task With_drop_oldest_the_newest_are_kept(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await SubscribeAsync(rig, capacity: 10, BoundedChannelFullMode.DropOldest);

        for (var i = 0; i < 100; i++)
            await rig.Connection.PublishAsync(rig.Subject("d"), i);
        await rig.Connection.PingAsync();

        Assert.Equal(Enumerable.Range(90, 10), (await Take.FromAsync(subscription.Msgs, 10)).Select(message => message.Data));
    }

    [Theory, EveryNatsServer]
    public async Task With_wait_nothing_is_lost(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await SubscribeAsync(rig, capacity: 10, BoundedChannelFullMode.Wait);
        var publishing = Task.Run(async () =>
        {
            for (var i = 0; i < Messages; i++)
                await rig.Connection.PublishAsync(rig.Subject("d"), i);
        });

        var received = await Take.FromAsync(subscription.Msgs, Messages);

        Assert.Equal(Enumerable.Range(0, Messages), received.Select(message => message.Data));
        await publishing;
    }

    [Theory, EveryNatsServer]
    public async Task Draining_a_subscription_hands_out_all_that_was_sent_before(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var subscription = await SubscribeAsync(rig, Messages, BoundedChannelFullMode.Wait);
        for (var i = 0; i < Messages; i++)
            await rig.Connection.PublishAsync(rig.Subject("d"), i);

        await subscription.DrainAsync();

        Assert.Equal(Enumerable.Range(0, Messages), (await Take.FromAsync(subscription.Msgs, Messages)).Select(message => message.Data));
        await subscription.Msgs.Completion;
    }

    [Theory, EveryNatsServer]
    public async Task Unsubscribing_hands_out_only_what_has_arrived(string version)
    {
        await using var rig = await NatsRig.OfAsync(version);
        await using var other = await NatsRig.OfAsync(version);
        await using var subscription = await SubscribeAsync(rig, Messages, BoundedChannelFullMode.Wait);
        await subscription.UnsubscribeAsync();

        for (var i = 0; i < 100; i++)
            await other.Connection.PublishAsync(rig.Subject("d"), i);
        await other.Connection.PingAsync();
        await rig.Connection.PingAsync();

        Assert.Equal(0, subscription.Msgs.Count);
        await subscription.Msgs.Completion;
    }

    private static ValueTask<INatsSub<int>> SubscribeAsync(NatsRig rig, int capacity, BoundedChannelFullMode mode) =>
        rig.Connection.SubscribeCoreAsync<int>(
            rig.Subject("d"), opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = capacity, FullMode = mode } });

    private static ValueTask Count(ref int counter)
    {
        Interlocked.Increment(ref counter);
        return ValueTask.CompletedTask;
    }
}
