using System.Globalization;
using System.Security.Cryptography;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Benchmarks.WholeSystem;
using CryptoScreener.LocalServers;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.Benchmarks.Nats;

/// <summary>
/// What the server keeps in memory of messages that it has on disk: the ids by which it knows a message that is sent again, and
/// subjects of which each has one message, as an alert's has. Each beside as many messages of one subject without an id.
/// </summary>
internal static class ServerMemory
{
    private const int Messages = 500_000;
    private const int InFlight = 1_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20); // blocks that were just written are cached for ten

    public static async Task RunAsync(BenchReport report)
    {
        var plain = await BytesAsync(_ => "KEPT.BTCUSDT", _ => null);
        report.Add(new Measured("the server's memory for messages of one subject", "a message", plain / Messages, "B"));
        var ids = await BytesAsync(_ => "KEPT.BTCUSDT", i => new NatsJSPubOpts { MsgId = $"binance-futures:BTCUSDT:1700000000000:{Hash(i)[..16]}:0" });
        report.Add(new Measured("the server's memory for an id that it remembers", "a message", (ids - plain) / Messages, "B"));
        var subjects = await BytesAsync(i => $"KEPT.binance-futures.BTCUSDT.rule-{Text(i % 100)}.{Hash(i)}", _ => null);
        report.Add(new Measured("the server's memory for an alert's own subject", "an alert", (subjects - plain) / Messages, "B"));
    }

    /// <summary>A server of its own for each, since a collected heap is not given back at once.</summary>
    private static async Task<double> BytesAsync(Func<int, string> subject, Func<int, NatsJSPubOpts?> options)
    {
        await using var server = await LocalNats.StartAsync();
        await using var bench = await NatsBench.ConnectAsync(server.Port, server.Url);
        await bench.NewStreamAsync("KEPT", "KEPT.>");
        var before = ProcessUse.Of(server.ProcessId).ResidentBytes;
        var inFlight = new Queue<NatsJSPublishConcurrentFuture>(InFlight);
        var serializer = NatsRawSerializer<ReadOnlyMemory<byte>>.Default;
        for (var i = 0; i < Messages; i++)
        {
            if (inFlight.Count == InFlight) (await inFlight.Dequeue().GetResponseAsync()).EnsureSuccess();
            inFlight.Enqueue(await bench.JetStream.PublishConcurrentAsync(subject(i), bench.Payload, serializer, options(i)));
        }

        while (inFlight.TryDequeue(out var future)) (await future.GetResponseAsync()).EnsureSuccess();
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        return ProcessUse.Of(server.ProcessId).ResidentBytes - before;
    }

    // As ids are: without a beginning that many share, of which a server could keep one copy.
    private static string Hash(int i) => Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)).AsSpan(0, 16));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
