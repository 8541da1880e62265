using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>An exchange whose time stands still until a test moves it, and clients that see what its faults do.</summary>
internal static class FaultySimulator
{
    public const string TwoStreams = "/market/ws/btcusdt@kline_1m/ethusdt@kline_1m";

    public static Task<RunningSimulator> StartAsync(params string[] args) =>
        RunningSimulator.StartAsync(["--speed", "0", "--start", "2026-03-04T12:34:30Z", "--instruments", "4", .. args]);

    /// <summary>A client that has had the first frame of each of its streams: while time stands still nothing more comes by itself.</summary>
    public static async Task<SocketClient> QuietAsync(RunningSimulator simulator, string path)
    {
        var client = await simulator.ConnectAsync(path);
        for (var streams = path.Count(c => c == '@'); streams > 0; streams--) await client.ReceiveAsync();
        return client;
    }

    public static async Task<JsonElement> NextClosingAsync(SocketClient client)
    {
        var message = await client.ReceiveAsync(m => m.TryGetProperty("k", out var k) && k.GetProperty("x").GetBoolean());
        return message.GetProperty("k");
    }
}
