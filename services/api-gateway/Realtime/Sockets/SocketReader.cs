using System.Buffers;
using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Puts a client's messages together and hands them over one at a time.</summary>
internal sealed class SocketReader(WebSocket socket, int maxBytes)
{
    private const int UsualSize = 1_024;

    /// <summary>Runs until the client closes or says what no client may.</summary>
    /// <param name="handle">Handles a message; its result ends the socket.</param>
    public async Task<SocketEnd> RunAsync(Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<SocketEnd?>> handle, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(UsualSize);
        try
        {
            var length = 0;
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
                if (part.MessageType == WebSocketMessageType.Close) return new SocketEnd(CloseCode.Normal, "the client left");
                if (part.MessageType == WebSocketMessageType.Binary) return new SocketEnd(CloseCode.NotText, "messages are text: JSON");
                length += part.Count;
                if (length > maxBytes) return new SocketEnd(CloseCode.TooBig, $"a message has at most {maxBytes} bytes");
                if (!part.EndOfMessage)
                {
                    if (length == buffer.Length) buffer = Grown(buffer, length);
                    continue;
                }

                if (await handle(buffer.AsMemory(0, length), stop) is { } end) return end;
                length = 0;
                if (buffer.Length > UsualSize) buffer = Exchanged(buffer, UsualSize); // thousands of sockets keep one each
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grown(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static byte[] Exchanged(byte[] buffer, int size)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        return ArrayPool<byte>.Shared.Rent(size);
    }
}
