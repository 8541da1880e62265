namespace CryptoScreener.ApiGateway;

internal static partial class GatewayLog
{
    [LoggerMessage(7010, LogLevel.Information, "Alert socket {Socket} opened from {Address}")]
    internal static partial void SocketOpened(ILogger logger, string socket, string address);

    [LoggerMessage(7011, LogLevel.Information, "Alert socket {Socket} closed after {Sent} messages: {Reason}")]
    internal static partial void SocketClosed(ILogger logger, string socket, long sent, string reason);
}
