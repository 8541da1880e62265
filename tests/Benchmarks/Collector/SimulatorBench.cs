using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.LocalServers;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>The simulator as a process of its own with five thousand instruments of ten updates a second: how many cores it takes.</summary>
internal static class SimulatorBench
{
    private const int Instruments = 5_000;
    private const int Rate = 10;
    private const int PerSocket = 1_000;
    private const int PerMessage = 200;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);
    private static long _frames;

    public static async Task RunAsync(BenchReport report)
    {
        var port = FreePort.Next();
        var folder = Directory.CreateTempSubdirectory("screener-bench-").FullName;
        await using var simulator = new LocalProgram(
            "exchange-simulator", "ExchangeSimulator", port, folder, new Dictionary<string, string>(),
            ["--port", Text(port), "--exchanges", "binance-futures", "--instruments", Text(Instruments), "--rate", Text(Rate), "--leasttrades", Text(Rate * 60)]);
        await simulator.StartAsync(CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Text(port)}") };
        await Eventually.TrueAsync(() => IsUpAsync(http), "the simulator answers");
        using var stop = new CancellationTokenSource();
        var symbols = await SymbolsAsync(http);
        var sockets = symbols.Chunk(PerSocket).Select(chunk => ReadAsync(port, chunk, stop.Token)).ToList();
        await Eventually.TrueAsync(() => Volatile.Read(ref _frames) > 10L * Instruments, "frames come");

        using var process = Process.GetProcessById(simulator.ProcessId);
        var (before, frames, watch) = (process.TotalProcessorTime, Volatile.Read(ref _frames), Stopwatch.StartNew());
        await Task.Delay(Length, TimeProvider.System, CancellationToken.None);
        process.Refresh();
        var (took, sent) = (watch.Elapsed.TotalSeconds, Volatile.Read(ref _frames) - frames);
        var processor = (process.TotalProcessorTime - before).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(sockets);
        // Fewer than were asked for: one instrument in sixteen is dead, and an update without a new trade is not sent.
        report.Add(new Measured("simulator: frames sent", $"{Instruments} × {Rate}/s", sent / took, "/s", IsMoreBetter: true));
        report.Add(new Measured("simulator: cores", $"{Instruments} × {Rate}/s", processor / took, "", Floor: 1, Goal: 1));
        report.Add(new Measured("simulator: frames per second of processor time", $"{Instruments} × {Rate}/s", sent / processor, "/s", Floor: Instruments * Rate, Goal: Instruments * Rate, IsMoreBetter: true));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> IsUpAsync(HttpClient http)
    {
        try
        {
            return await http.GetStringAsync("/sim/health") == "ok";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<List<string>> SymbolsAsync(HttpClient http)
    {
        using var markets = JsonDocument.Parse(await http.GetStringAsync("/sim/markets"));
        return [.. markets.RootElement.EnumerateArray().Where(m => m.TryGetProperty("listed_at", out _)).Select(m => m.GetProperty("symbol").GetString()!).Take(Instruments)];
    }

    private static async Task ReadAsync(int port, string[] symbols, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Text(port)}/market/stream"), stop);
            foreach (var names in symbols.Chunk(PerMessage))
            {
                var streams = string.Join(',', names.Select(name => $"\"{name.ToLowerInvariant()}@kline_1m\""));
                await socket.SendAsync(Encoding.UTF8.GetBytes($$"""{"method":"SUBSCRIBE","params":[{{streams}}],"id":1}"""), WebSocketMessageType.Text, true, stop);
                await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, stop); // ten messages a second are allowed
            }

            var buffer = new byte[64 * 1024];
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
                if (part.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException($"closed by the simulator: {socket.CloseStatusDescription}");
                if (part.EndOfMessage) Interlocked.Increment(ref _frames);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // over
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
