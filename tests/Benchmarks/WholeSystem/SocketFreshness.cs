using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Frames;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>
/// From an exchange's frame in the collector to a row in a client of <c>/ws/v1</c> that hears of every instrument, with nothing held back on
/// the way. A second reader hears the calculator's frames on the bus: a row is known by its volume, which every trade changes.
/// </summary>
internal static class SocketFreshness
{
    private const string Column = "volume(5m)";
    private static readonly SystemLoad Load = new(Instruments: 800, Rate: 4, Speed: 1, Minutes: 1)
    {
        LeastTrades = 240,
        Settings = new Dictionary<string, string> { ["Calculator__LiveIntervalMs"] = "0", ["Realtime__ConflateMilliseconds"] = "5" },
    };

    private const double LeastShare = 90; // what is told late is told together with what follows: few rows would be quick ones
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    internal static async Task MeasureAsync(BenchReport report)
    {
        await using var stack = await SystemStack.StartAsync(Load, "freshness");
        await Task.Delay(Settling, TimeProvider.System, CancellationToken.None);
        var received = new ConcurrentDictionary<(string Symbol, double Value), long>();
        var rows = new List<(string Symbol, double Value, long At)>();
        using var end = new CancellationTokenSource(Length);
        await Task.WhenAll(ReadBusAsync(stack.Nats.Url, received, end.Token), ReadSocketAsync(new Uri($"ws://{stack.Api.Authority}/ws/v1"), rows, end.Token));
        var latencies = rows.Where(row => received.ContainsKey((row.Symbol, row.Value))).Select(row => (double)(row.At - received[(row.Symbol, row.Value)])).Order().ToList();
        report.Add(new Measured("rows told to the socket", Load.Name, rows.Count / Length.TotalSeconds, "/s"));
        report.Add(new Measured("of them with a known frame", Load.Name, 100.0 * latencies.Count / Math.Max(1, rows.Count), "%", Floor: LeastShare, IsMoreBetter: true));
        var told = rows.Select(row => (row.Symbol, row.Value)).ToHashSet();
        report.Add(new Measured("frames of the bus that the socket told", Load.Name, 100.0 * received.Keys.Count(told.Contains) / Math.Max(1, received.Count), "%", Floor: LeastShare, IsMoreBetter: true));
        if (latencies.Count == 0) throw new InvalidOperationException("the socket told nothing that was on the bus");
        report.Add(new Measured("exchange frame → one unconflated WebSocket client, p50", Load.Name, Quantile.At(latencies, 0.5), "ms"));
        report.Add(Numbers.FrameToSocket.Of($"{Load.Name}, {Load.Rate} updates/s each", Quantile.At(latencies, 0.99)));
    }

    private static async Task ReadBusAsync(string url, ConcurrentDictionary<(string, double), long> received, CancellationToken end)
    {
        var catalogue = CalculationPlan.Create().Catalogue;
        var (column, values) = (catalogue.ColumnOf(Column), new double[catalogue.Count]);
        await using var connection = new NatsConnection(new NatsOpts { Url = url });
        try
        {
            await foreach (var message in connection.SubscribeAsync<byte[]>("metrics.live.>", cancellationToken: end))
            {
                if (!FrameCodec.TryReadHeader(message.Data, out var header, out var count) || count != values.Length) continue;
                FrameCodec.ReadValues(message.Data, values);
                received.TryAdd((SubjectTokens.Symbol(message.Subject).ToString(), values[column]), header.ReceivedAt);
            }
        }
        catch (OperationCanceledException)
        {
            // enough was heard
        }
    }

    private static async Task ReadSocketAsync(Uri address, List<(string, double, long)> rows, CancellationToken end)
    {
        using var socket = new ClientWebSocket();
        var buffer = new byte[1024 * 1024];
        try
        {
            await socket.ConnectAsync(address, end);
            await socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(new { op = "subscribe", id = "1", channel = "metrics", @params = new { columns = (string[])[Column] } }),
                WebSocketMessageType.Text, true, end);
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await socket.ReceiveAsync(buffer.AsMemory(length), end);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                Take(buffer.AsMemory(0, length), TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), rows);
            }
        }
        catch (OperationCanceledException)
        {
            // enough was heard
        }
    }

    private static void Take(ReadOnlyMemory<byte> message, long at, List<(string, double, long)> rows)
    {
        using var json = JsonDocument.Parse(message);
        if (json.RootElement.GetProperty("type").GetString() != "update") return;
        foreach (var row in json.RootElement.GetProperty("rows").EnumerateArray())
            if (row[4].ValueKind == JsonValueKind.Number) rows.Add((row[1].GetString()!, row[4].GetDouble(), at));
    }
}
