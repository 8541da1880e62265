using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>A stream read from its beginning, as workers do after a restart.</summary>
internal static class OrderedRead
{
    private const int Messages = 200_000;
    private const int Window = 4_000;

    public static async Task<Comparison> RunAsync(NatsBench bench)
    {
        await bench.FillStreamAsync("READ", Messages);
        return await Comparison.OfAsync("ordered read", Messages, count => RawAsync(bench, count), count => OursAsync(bench, count));
    }

    private static async Task<TimeSpan> RawAsync(NatsBench bench, int count)
    {
        var consumer = await bench.JetStream.CreateOrUpdateConsumerAsync(
            "READ", new ConsumerConfig { Name = "raw", AckPolicy = ConsumerConfigAckPolicy.None, MemStorage = true, InactiveThreshold = TimeSpan.FromMinutes(1) });
        using var raw = new RawNats(bench.Port);
        raw.Send("SUB inbox.read 1\r\n");
        var clock = Stopwatch.StartNew();
        raw.Pull("READ", consumer.Info.Name, "inbox.read", Window);
        for (var read = 0; read < count; read += Window / 2)
        {
            raw.Pull("READ", consumer.Info.Name, "inbox.read", Window / 2);
            raw.ReadMessages(Math.Min(Window / 2, count - read));
        }

        var elapsed = clock.Elapsed;
        await bench.JetStream.DeleteConsumerAsync("READ", consumer.Info.Name);
        return elapsed;
    }

    private static async Task<TimeSpan> OursAsync(NatsBench bench, int count)
    {
        var consumer = await bench.JetStream.CreateOrderedConsumerAsync("READ");
        var clock = Stopwatch.StartNew();
        await foreach (var message in consumer.ConsumeAsync<NatsMemoryOwner<byte>>(opts: new NatsJSConsumeOpts { MaxMsgs = Window }))
        {
            message.Data.Dispose();
            if (--count == 0)
                break;
        }

        return clock.Elapsed;
    }
}
