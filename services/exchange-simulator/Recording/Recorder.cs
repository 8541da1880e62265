using System.IO.Compression;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>Writes what an exchange pushes to a gzip file of JSON lines, to be replayed later.</summary>
internal static class Recorder
{
    private const int LargestMessage = 4 * 1_048_576;

    // Within what the exchange takes in one request and in one second.
    private const int NamesPerRequest = 100;
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenKeepAlives = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(SimulatorOptions options, TimeProvider time)
    {
        using var stop = new CancellationTokenSource(options.For ?? Timeout.InfiniteTimeSpan, time);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var streams = options.Streams.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await RunAsync(options.From!, streams, options.Record!, time, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true; // The file still has to be finished.
            stop.Cancel();
        }
    }

    /// <summary>Records until stopped. <paramref name="address"/> is where these streams come from, for instance ws://host/market/stream.</summary>
    public static async Task RunAsync(Uri address, string[] streams, string path, TimeProvider time, CancellationToken stop)
    {
        var protocol = StreamProtocol.Of(streams);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, stop);
        await using var lines = new GZipStream(File.Create(path), CompressionLevel.Optimal);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var speaking = SpeakAsync(socket, protocol, streams, time, end.Token);
        await ReceiveAsync(socket, lines, time, stop);
        await end.CancelAsync();
        await speaking;
    }

    /// <summary>Asks for the streams and then says now and then that we are still there.</summary>
    private static async Task SpeakAsync(ClientWebSocket socket, StreamProtocol protocol, string[] streams, TimeProvider time, CancellationToken end)
    {
        try
        {
            foreach (var (id, names) in streams.Chunk(NamesPerRequest).Index())
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(protocol.Subscribe(names, id)), WebSocketMessageType.Text, endOfMessage: true, end);
                await Task.Delay(BetweenRequests, time, end);
            }

            while (protocol.KeepAlive is { } keepAlive)
            {
                await Task.Delay(BetweenKeepAlives, time, end);
                await socket.SendAsync(keepAlive, WebSocketMessageType.Text, endOfMessage: true, end);
            }
        }
        catch (OperationCanceledException)
        {
            // The recording has ended.
        }
        catch (WebSocketException)
        {
            // So has the connection; whoever receives says so.
        }
    }

    private static async Task ReceiveAsync(ClientWebSocket socket, Stream lines, TimeProvider time, CancellationToken stop)
    {
        var buffer = new byte[LargestMessage];
        var length = 0;
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                if (part.MessageType == WebSocketMessageType.Close) return;
                length += part.Count;
                if (!part.EndOfMessage) continue;
                Write(lines, time.GetUtcNow().ToUnixTimeMilliseconds(), buffer.AsSpan(0, length));
                length = 0;
            }
        }
        catch (OperationCanceledException)
        {
            // The usual end of a recording.
        }
    }

    private static void Write(Stream lines, long at, ReadOnlySpan<byte> message)
    {
        if (message is not [(byte)'{' or (byte)'[', ..]) return; // OKX's pong is no JSON
        lines.Write(Encoding.ASCII.GetBytes($"{{\"at\":{at},\"message\":"));
        lines.Write(message);
        lines.Write("}\n"u8);
    }
}
