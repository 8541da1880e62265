using System.Diagnostics;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>Requests one after the other; both ends on the same connection.</summary>
internal static class RoundTrip
{
    private const int Messages = 20_000;

    public static async Task<Comparison> RunAsync(NatsBench bench)
    {
        using var stop = new CancellationTokenSource();
        await using var service = await bench.Connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>("bench.svc", cancellationToken: stop.Token);
        var answering = AnswerAsync(service);
        await bench.Connection.PingAsync();
        var result = await Comparison.OfAsync(
            "request/reply, one at a time", Messages, count => RawAsync(bench, count), count => OursAsync(bench, count));
        await stop.CancelAsync();
        await answering;
        return result;
    }

    // Awaited, as any asynchronous client has to: a thread that blocks in the kernel is told of its bytes twice as fast.
    private static async Task<TimeSpan> RawAsync(NatsBench bench, int count)
    {
        using var raw = new RawNats(bench.Port);
        raw.Send("SUB bench.raw 1\r\nSUB inbox.raw 2\r\n");
        var request = NatsBench.Commands("PUB bench.raw inbox.raw", 1);
        var reply = NatsBench.Commands("PUB inbox.raw", 1);
        var delivered = "MSG bench.raw 1 inbox.raw 200\r\n\r\n".Length + NatsBench.PayloadBytes;
        var answered = "MSG inbox.raw 2 200\r\n\r\n".Length + NatsBench.PayloadBytes;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await raw.SendAsync(request);
            await raw.ReadBytesAsync(delivered);
            await raw.SendAsync(reply);
            await raw.ReadBytesAsync(answered);
        }

        return clock.Elapsed;
    }

    private static async Task<TimeSpan> OursAsync(NatsBench bench, int count)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var reply = await bench.Connection.RequestAsync<ReadOnlyMemory<byte>, NatsMemoryOwner<byte>>("bench.svc", bench.Payload);
            reply.Data.Dispose();
        }

        return clock.Elapsed;
    }

    private static async Task AnswerAsync(INatsSub<NatsMemoryOwner<byte>> service)
    {
        await foreach (var request in service.Msgs.ReadAllAsync())
            await request.ReplyAsync(request.Data);
    }
}
