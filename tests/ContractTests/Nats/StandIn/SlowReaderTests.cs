using System.Threading.Channels;
using CryptoScreener.ContractTests.Nats.Servers;
using CryptoScreener.Testing;
using NATS.Client.Core;

namespace CryptoScreener.ContractTests.Nats.StandIn;

public sealed class SlowReaderTests
{
    [Fact]
    public async Task A_reader_that_caught_up_and_falls_behind_again_is_told_of_again()
    {
        await using var rig = await NatsRig.OfAsync(NatsPrograms.ByVersion.Keys.First());
        var slow = 0;
        rig.Connection.SlowConsumerDetected += (_, _) =>
        {
            Interlocked.Increment(ref slow);
            return default;
        };
        var bounds = new NatsSubChannelOpts { Capacity = 10, FullMode = BoundedChannelFullMode.DropNewest };
        await using var subscription = await rig.Connection.SubscribeCoreAsync<int>(rig.Subject("s"), opts: new NatsSubOpts { ChannelOpts = bounds });

        for (var episode = 1; episode <= 3; episode++)
        {
            for (var i = 0; i < 30; i++)
                await rig.Connection.PublishAsync(rig.Subject("s"), i);
            await rig.Connection.PingAsync();
            await Eventually.TrueAsync(() => Volatile.Read(ref slow) == episode, $"episode {episode} has been told, once");
            await Take.FromAsync(subscription.Msgs, 10);
        }
    }
}
