using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.ApiGateway;

internal static partial class GatewayLog
{
    [LoggerMessage(7010, LogLevel.Information, "Alert socket {Socket} opened from {Address}")]
    internal static partial void SocketOpened(ILogger logger, string socket, string address);

    [LoggerMessage(7011, LogLevel.Information, "Alert socket {Socket} closed after {Sent} messages: {Reason}")]
    internal static partial void SocketClosed(ILogger logger, string socket, long sent, string reason);

    [LoggerMessage(7012, LogLevel.Warning, "The stored minutes of {Instrument} cannot be read, its longer bars may lack some: {Reason}")]
    internal static partial void MinutesNotRead(ILogger logger, InstrumentId instrument, string reason);

    [LoggerMessage(7013, LogLevel.Warning, "Pages look at {Metrics}, which nobody calculates: {Share} metrics at most are calculated for pages alone. A rule that looks at one has it calculated")]
    internal static partial void PageDemandsFull(ILogger logger, string metrics, int share);
}
