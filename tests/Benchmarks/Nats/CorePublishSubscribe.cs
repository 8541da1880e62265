using System.Diagnostics;
using System.Threading.Channels;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>One connection publishes and hears itself.</summary>
internal static class CorePublishSubscribe
{
    private const int Messages = 1_000_000;
    private const int Batch = 250;

    // How far the publisher may be ahead: a server cuts off whoever leaves too much unread.
    private const int Lead = 40_000;

    public static async Task<Comparison> RunAsync(NatsBench bench)
    {
        var channel = new NatsSubChannelOpts { FullMode = BoundedChannelFullMode.Wait };
        await using var subscription = await bench.Connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>(
            "bench.core.ours", opts: new NatsSubOpts { ChannelOpts = channel });
        return await Comparison.OfAsync(
            "core publish -> subscribe", Messages, count => Raw(bench, count), count => OursAsync(bench, subscription, count));
    }

    private static async Task<TimeSpan> Raw(NatsBench bench, int count)
    {
        using var raw = new RawNats(bench.Port);
        raw.Send("SUB bench.core.raw 1\r\n");
        var batch = NatsBench.Commands("PUB bench.core.raw", Batch);
        var clock = Stopwatch.StartNew();
        using var room = new SemaphoreSlim(Lead / Batch);
        var reading = Task.Factory.StartNew(() => ReadRaw(raw, room, count), TaskCreationOptions.LongRunning);
        for (var sent = 0; sent < count; sent += Batch)
        {
            await room.WaitAsync();
            raw.Send(batch);
        }

        await reading;
        return clock.Elapsed;
    }

    private static async Task<TimeSpan> OursAsync(NatsBench bench, INatsSub<NatsMemoryOwner<byte>> subscription, int count)
    {
        var clock = Stopwatch.StartNew();
        using var room = new SemaphoreSlim(Lead / Batch);
        var reading = Task.Run(() => ReadAsync(subscription, room, count));
        for (var i = 0; i < count; i++)
        {
            if (i % Batch == 0)
                await room.WaitAsync();
            await bench.Connection.PublishAsync("bench.core.ours", bench.Payload);
        }

        await reading;
        return clock.Elapsed;
    }

    private static void ReadRaw(RawNats raw, SemaphoreSlim room, int count)
    {
        for (var read = 0; read < count; read += Batch)
        {
            raw.ReadMessages(Batch);
            room.Release();
        }
    }

    private static async Task ReadAsync(INatsSub<NatsMemoryOwner<byte>> subscription, SemaphoreSlim room, int count)
    {
        while (count > 0 && await subscription.Msgs.WaitToReadAsync())
        {
            for (; count > 0 && subscription.Msgs.TryRead(out var message); count--)
            {
                message.Data.Dispose();
                if (count % Batch == 0)
                    room.Release();
            }
        }
    }
}
