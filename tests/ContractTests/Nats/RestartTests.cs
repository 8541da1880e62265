using System.Collections.Concurrent;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats;

/// <summary>A server with file storage that is killed while everything is going on.</summary>
public sealed class RestartTests
{
    private const int Messages = 400;

    [Theory, EveryNatsServer]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed(string version)
    {
        await using var server = await NatsServer.StartAsync(version);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url) with { RequestTimeout = TimeSpan.FromMilliseconds(500) });
        await rig.CreateStreamAsync();
        using var stop = new CancellationTokenSource();
        var ordered = FollowAsync(await rig.JetStream.CreateOrderedConsumerAsync(rig.Stream), acknowledge: false, stop.Token);
        var durable = FollowAsync(
            await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, new ConsumerConfig("durable") { AckWait = TimeSpan.FromSeconds(1) }),
            acknowledge: true,
            stop.Token);

        var publishing = PublishAllAsync(rig);
        await Eventually.TrueAsync(() => ordered.Seen.Count > Messages / 8, "some have been read");
        await server.KillAsync();
        await server.StartAgainAsync();
        await publishing;
        await Eventually.TrueAsync(() => ordered.Seen.Count == Messages, "the ordered reader has all");
        await Eventually.TrueAsync(() => durable.Seen.Distinct().Count() == Messages, "the durable reader has all");

        await stop.CancelAsync();
        await ordered.Done;
        await durable.Done;
        var expected = Enumerable.Range(0, Messages).ToList();
        Assert.Equal(expected, ordered.Seen);
        Assert.Equal(expected, durable.Seen.Distinct().Order());
        Assert.Equal(Messages, (await rig.JetStream.GetStreamAsync(rig.Stream)).Info.State.Messages);
    }

    [Theory, EveryNatsServer]
    public async Task A_stream_is_still_there_after_a_restart(string version)
    {
        await using var server = await NatsServer.StartAsync(version);
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts(server.Url));
        var created = (await rig.CreateStreamAsync()).Info.Created;
        await rig.StoreAsync("x", 1, 2, 3);

        await server.StartAgainAsync();
        var stream = await Patiently(() => rig.JetStream.GetStreamAsync(rig.Stream));

        Assert.Equal((3L, created), (stream.Info.State.Messages, stream.Info.Created));
    }

    // One after the other, and again under the same id whenever no answer came: the id makes that safe.
    private static async Task PublishAllAsync(NatsRig rig)
    {
        for (var i = 0; i < Messages; i++)
        {
            var opts = new NatsJSPubOpts { MsgId = $"id-{i}" };
            var ack = await Patiently(() => rig.JetStream.PublishAsync(rig.Subject("x"), i, opts: opts));
            Assert.Null(ack.Error);
        }
    }

    private static async Task<T> Patiently<T>(Func<ValueTask<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (NatsException) when (attempt < 200)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private static (ConcurrentQueue<int> Seen, Task Done) FollowAsync(INatsJSConsumer consumer, bool acknowledge, CancellationToken stop)
    {
        var seen = new ConcurrentQueue<int>();
        return (seen, Task.Run(
            async () =>
            {
                var opts = new NatsJSConsumeOpts { MaxMsgs = 50, Expires = TimeSpan.FromSeconds(2), IdleHeartbeat = TimeSpan.FromMilliseconds(500) };
                await foreach (var message in consumer.ConsumeAsync<int>(opts: opts, cancellationToken: stop))
                {
                    seen.Enqueue(message.Data);
                    if (acknowledge)
                        await message.AckAsync(cancellationToken: CancellationToken.None);
                }
            },
            CancellationToken.None));
    }
}
