using System.Diagnostics;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>A durable consumer, every message acknowledged.</summary>
internal static class ConsumeAndAck
{
    private const int Messages = 200_000;
    private const int Window = 4_000;

    public static Task<Comparison> RunAsync(NatsBench bench) => Comparison.OfAsync(
        "pull consume + ack", Messages, count => RawAsync(bench, count), count => OursAsync(bench, count));

    private static async Task<TimeSpan> RawAsync(NatsBench bench, int count)
    {
        await NewConsumerAsync(bench);
        using var raw = new RawNats(bench.Port);
        raw.Send("SUB inbox.ack 1\r\n");
        var clock = Stopwatch.StartNew();
        raw.Pull("READ", "durable", "inbox.ack", Window);
        for (var read = 0; read < count; read += Window / 2)
        {
            raw.Pull("READ", "durable", "inbox.ack", Window / 2);
            raw.ReadAndAck(Math.Min(Window / 2, count - read));
        }

        return clock.Elapsed;
    }

    private static async Task<TimeSpan> OursAsync(NatsBench bench, int count)
    {
        var consumer = await NewConsumerAsync(bench);
        var clock = Stopwatch.StartNew();
        await foreach (var message in consumer.ConsumeAsync<NatsMemoryOwner<byte>>(opts: new NatsJSConsumeOpts { MaxMsgs = Window }))
        {
            message.Data.Dispose();
            await message.AckAsync();
            if (--count == 0)
                break;
        }

        return clock.Elapsed;
    }

    private static async Task<INatsJSConsumer> NewConsumerAsync(NatsBench bench)
    {
        var config = new ConsumerConfig("durable") { MaxAckPending = 4 * Window };
        await bench.JetStream.CreateOrUpdateConsumerAsync("READ", config);
        await bench.JetStream.DeleteConsumerAsync("READ", "durable");
        return await bench.JetStream.CreateOrUpdateConsumerAsync("READ", config);
    }
}
