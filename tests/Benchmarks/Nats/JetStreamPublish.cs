using System.Diagnostics;
using System.Text;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>Acknowledged publishes, a thousand on their way at any time.</summary>
internal static class JetStreamPublish
{
    private const int Messages = 100_000;
    private const int InFlight = 1_000;
    private const int Batch = 100;

    public static async Task<Comparison> RunAsync(NatsBench bench)
    {
        var result = await Comparison.OfAsync(
            "JetStream publish, 1,000 in flight", Messages, count => RawAsync(bench, count), count => OursAsync(bench, count));
        await bench.DeleteStreamAsync("PUB");
        return result;
    }

    private static async Task<TimeSpan> RawAsync(NatsBench bench, int count)
    {
        await bench.NewStreamAsync("PUB", "PUB.>");
        using var raw = new RawNats(bench.Port);
        raw.Send("SUB inbox.raw.* 1\r\n");
        var batch = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, Batch).Select(i =>
            $"PUB PUB.BTCUSDT inbox.raw.{i} {NatsBench.PayloadBytes}\r\n{new string('x', NatsBench.PayloadBytes)}\r\n")));
        using var room = new SemaphoreSlim(InFlight / Batch);
        var clock = Stopwatch.StartNew();
        var reading = Task.Factory.StartNew(() => ReadAcknowledgements(raw, room, count), TaskCreationOptions.LongRunning);
        for (var sent = 0; sent < count; sent += Batch)
        {
            await room.WaitAsync();
            raw.Send(batch);
        }

        await reading;
        return clock.Elapsed;
    }

    private static void ReadAcknowledgements(RawNats raw, SemaphoreSlim room, int count)
    {
        for (var read = 0; read < count; read += Batch)
        {
            raw.ReadMessages(Batch);
            room.Release();
        }
    }

    private static async Task<TimeSpan> OursAsync(NatsBench bench, int count)
    {
        await bench.NewStreamAsync("PUB", "PUB.>");
        var inFlight = new Queue<NatsJSPublishConcurrentFuture>(InFlight);
        var serializer = NatsRawSerializer<ReadOnlyMemory<byte>>.Default;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            if (inFlight.Count == InFlight)
                (await inFlight.Dequeue().GetResponseAsync()).EnsureSuccess();
            inFlight.Enqueue(await bench.JetStream.PublishConcurrentAsync("PUB.BTCUSDT", bench.Payload, serializer));
        }

        while (inFlight.TryDequeue(out var future))
            (await future.GetResponseAsync()).EnsureSuccess();
        return clock.Elapsed;
    }
}
