using System.Net.WebSockets;

namespace CryptoScreener.ApiGateway.Realtime.Protocol;

/// <summary>Why we close a socket. Below 4000 as RFC 6455 and its registry have them; documented in docs/websocket.md.</summary>
internal static class CloseCode
{
    public const WebSocketCloseStatus Normal = WebSocketCloseStatus.NormalClosure;
    public const WebSocketCloseStatus NotText = WebSocketCloseStatus.InvalidMessageType;
    public const WebSocketCloseStatus TooBig = WebSocketCloseStatus.MessageTooBig;
    public const WebSocketCloseStatus Restart = (WebSocketCloseStatus)1012;
    public const WebSocketCloseStatus BadMessages = (WebSocketCloseStatus)4400;
    public const WebSocketCloseStatus Unauthenticated = (WebSocketCloseStatus)4401;
    public const WebSocketCloseStatus Forgotten = (WebSocketCloseStatus)4404;
    public const WebSocketCloseStatus TooSlow = (WebSocketCloseStatus)4408;
    public const WebSocketCloseStatus TooManyMessages = (WebSocketCloseStatus)4429;
}

/// <summary>The end of a socket as its client is told.</summary>
internal sealed record SocketEnd(WebSocketCloseStatus Code, string Reason);
