using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Http;

namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>One WebSocket request from handshake to goodbye.</summary>
internal static class SocketServer
{
    public static async Task ServeAsync(
        HttpContext context, IConversation conversation, FaultBoard faults, RequestWindow? connects, TimeProvider time, CancellationToken stop)
    {
        if (await faults.InterceptAsync(context, time)) return;
        if (connects is not null && !connects.TryTake(JsonAnswer.AddressOf(context)))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        if (await Handshake.AcceptAsync(context) is not { } stream) return;
        using var socket = new ClientSocket(stream, time.GetUtcNow().ToUnixTimeMilliseconds(), context.Abort);
        await socket.RunAsync(conversation, time, stop);
    }
}
