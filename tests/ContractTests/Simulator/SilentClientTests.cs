using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>Clients that leave pings unanswered, which a decent WebSocket library cannot be made to do.</summary>
public class SilentClientTests
{
    private const byte CloseFrame = 0x88;
    private const byte PingFrame = 0x89;

    [Fact]
    public async Task Whoever_does_not_answer_pings_is_cut_off()
    {
        await using var simulator = await RunningSimulator.StartAsync("--pinginterval", "00:00:00.2", "--pongdeadline", "00:00:00.2");
        var frames = await UntilClosedAsync(simulator, "/market/ws");
        Assert.Equal(PingFrame, frames[0]);
        Assert.Equal(1008, CodeOf(frames));
    }

    [Fact]
    public async Task Whoever_answers_pings_stays()
    {
        await using var simulator = await RunningSimulator.StartAsync("--pinginterval", "00:00:00.2", "--pongdeadline", "00:00:00.2", "--connectionlife", "00:00:04");
        await using var client = await simulator.ConnectAsync("/market/ws");
        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, await client.UntilClosedAsync());
    }

    [Fact]
    public async Task A_stopping_simulator_says_goodbye()
    {
        var simulator = await RunningSimulator.StartAsync();
        var closing = UntilClosedAsync(simulator, "/market/ws");
        while ((await simulator.GetAsync("/sim/faults")).GetProperty("binance-futures").GetProperty("connections").GetInt32() == 0) Assert.False(closing.IsCompleted);
        await simulator.DisposeAsync();
        Assert.Equal(1001, CodeOf(await closing));
    }

    private static int CodeOf(byte[] frames)
    {
        var close = Array.LastIndexOf(frames, CloseFrame);
        Assert.True(close >= 0, "no close frame");
        return BinaryPrimitives.ReadUInt16BigEndian(frames.AsSpan(close + 2));
    }

    /// <summary>Everything that comes after the handshake until a close frame has come whole.</summary>
    private static async Task<byte[]> UntilClosedAsync(RunningSimulator simulator, string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", simulator.Http.BaseAddress!.Port, patience.Token);
        var stream = client.GetStream();
        var request = $"GET {path} HTTP/1.1\r\nHost: simulator\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        var (received, buffer) = (new List<byte>(), new byte[4_096]);
        while (await stream.ReadAsync(buffer, patience.Token) is > 0 and var read)
        {
            received.AddRange(buffer.AsSpan(0, read));
            var body = Body(received);
            if (Array.LastIndexOf(body, CloseFrame) is >= 0 and var close && body.Length >= close + 4) return body;
        }

        return Body(received);
    }

    private static byte[] Body(List<byte> received)
    {
        var text = Encoding.Latin1.GetString([.. received]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? [] : [.. received.Skip(end + 4)];
    }
}
