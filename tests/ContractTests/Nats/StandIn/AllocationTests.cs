using CryptoScreener.ContractTests.Nats.Servers;
using NATS.Client.Core;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.ContractTests.Nats.StandIn;

/// <summary>What a message costs on its raw paths, measured on the thread that pays.</summary>
[Collection(Alone.Name)]
public sealed class AllocationTests
{
    private const int Messages = 100;
    private const int Rounds = 50;

    [Fact]
    public async Task Publishing_bytes_allocates_nothing()
    {
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Url));
        ReadOnlyMemory<byte> payload = new byte[200];

        await AssertSomeRoundIsFreeAsync(rig, () =>
        {
            for (var i = 0; i < Messages; i++)
                AssertDone(rig.Connection.PublishAsync("alloc.subject", payload));
        });
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(100_000)]
    [InlineData(900_000)]
    public async Task Publishing_large_payloads_again_and_again_allocates_nothing(int size)
    {
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Url));
        ReadOnlyMemory<byte> payload = new byte[size];

        await AssertSomeRoundIsFreeAsync(rig, () => AssertDone(rig.Connection.PublishAsync("alloc.large", payload)));
    }

    [Fact]
    public void A_buffer_gives_back_what_one_huge_message_made_of_it()
    {
        var wire = new WireBuffer(4096);
        wire.GetSpan(10_000_000);
        wire.Advance(10_000_000);
        wire.Clear();

        for (var i = 0; i < 1000; i++)
        {
            wire.Write("small"u8);
            wire.Clear();
        }

        Assert.InRange(wire.GetMemory().Length, 4096, 4 * 4096);
    }

    [Fact]
    public async Task Receiving_pooled_bytes_allocates_nothing()
    {
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Url));
        await using var subscription = (NatsSub<NatsMemoryOwner<byte>>)await rig.Connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>(rig.Subject(">"));
        ReadOnlyMemory<byte> payload = new byte[200];

        await AssertSomeRoundIsFreeAsync(rig, () =>
        {
            for (var i = 0; i < Messages; i++)
            {
                var message = new InboundMessage(i % 2 == 0 ? "a.subject"u8 : "another.subject"u8, default, default, payload);
                AssertDone(subscription.ReceiveAsync(message));
                Assert.True(subscription.Msgs.TryRead(out var received));
                received.Data.Dispose();
            }
        });
    }

    [Fact]
    public async Task Acknowledging_allocates_nothing()
    {
        await using var rig = await NatsRig.ToAsync(NatsRig.Opts((await SharedNats.OfAsync(NatsPrograms.ByVersion.Keys.First())).Url));
        await rig.CreateStreamAsync();
        await rig.StoreAsync("x", 1);
        var consumer = await rig.JetStream.CreateOrUpdateConsumerAsync(rig.Stream, new ConsumerConfig("durable"));
        var message = await consumer.NextAsync<int>();

        await AssertSomeRoundIsFreeAsync(rig, () =>
        {
            for (var i = 0; i < Messages; i++)
                AssertDone(message!.AckAsync());
        });
    }

    // The first rounds fill the pools, and a buffer may grow in any of them: one round without a byte proves the path.
    private static async Task AssertSomeRoundIsFreeAsync(NatsRig rig, Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds && least > 0; i++)
        {
            await rig.Connection.PingAsync();
            least = Math.Min(least, Measure(round));
        }

        Assert.Equal(0, least);
    }

    private static void AssertDone(in ValueTask task) => Assert.True(task.IsCompletedSuccessfully);

    private static long Measure(Action round)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
