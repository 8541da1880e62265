using System.IO.Compression;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>Writes what a Binance-like exchange pushes to a gzip file of JSON lines, to be replayed later.</summary>
internal static class Recorder
{
    private const int LargestMessage = 4 * 1_048_576;

    // Within what the exchange takes in one request and in one second.
    private const int NamesPerRequest = 100;
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(250);

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

    /// <summary>Records until stopped. <paramref name="address"/> is a combined stream, for instance ws://host/market/stream.</summary>
    public static async Task RunAsync(Uri address, string[] streams, string path, TimeProvider time, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(address, stop);
        await using var lines = new GZipStream(File.Create(path), CompressionLevel.Optimal);
        var receiving = ReceiveAsync(socket, lines, time, stop);
        foreach (var (id, names) in streams.Chunk(NamesPerRequest).Index())
        {
            var request = $"{{\"method\":\"SUBSCRIBE\",\"params\":[{string.Join(',', names.Select(n => $"\"{JsonEncodedText.Encode(n)}\""))}],\"id\":{id}}}";
            await socket.SendAsync(Encoding.UTF8.GetBytes(request), WebSocketMessageType.Text, endOfMessage: true, stop);
            await Task.Delay(BetweenRequests, time, stop);
        }

        await receiving;
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
        lines.Write(Encoding.ASCII.GetBytes($"{{\"at\":{at},\"message\":"));
        lines.Write(message);
        lines.Write("}\n"u8);
    }
}
