using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Identity;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary><c>/ws/v1</c>, documented in docs/websocket.md: who is let in, and with what.</summary>
internal sealed class RealtimeEndpoint(
    ChannelSet channels,
    Admission admission,
    SocketBook sockets,
    AlertRing ring,
    CallerOfRequest callerOfRequest,
    CallerOfToken callerOfToken,
    IOptions<RealtimeOptions> options,
    GatewayMetrics metrics,
    StageLatency stages,
    TimeProvider time,
    ILogger<SocketConnection> logger)
{
    private const string Protocol = "screener.v1";
    private const string TokenProtocol = "bearer.";
    private readonly RealtimeOptions _options = options.Value;

    public async Task HandleAsync(HttpContext http)
    {
        if (await RefusalAsync(http) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        if (await CallerOfAsync(http) is not { } caller)
        {
            await Refusal.WrongCredentials().ExecuteAsync(http);
            return;
        }

        switch (admission.Enter(http.Connection.RemoteIpAddress))
        {
            case AdmissionAnswer.Full:
                await Refusal.Full(http).ExecuteAsync(http);
                break;
            case AdmissionAnswer.TooOften:
                await Refusal.TooOften(http, _options.ConnectsPerMinute).ExecuteAsync(http);
                break;
            default:
                try
                {
                    await ServeAsync(http, caller);
                }
                finally
                {
                    admission.Leave();
                }

                break;
        }
    }

    private ValueTask<IResult?> RefusalAsync(HttpContext http) => ValueTask.FromResult<IResult?>(http switch
    {
        { WebSockets.IsWebSocketRequest: false } => Refusal.NoSocket(http),
        _ when !OriginCheck.IsAllowed(http.Request.Headers.Origin, http.Request.Host.Value, _options.AllowedOrigins) => Refusal.Origin(),
        _ when Refusal.HasTokenInAddress(http) => Refusal.TokenInAddress(),
        _ => null,
    });

    private async ValueTask<Caller?> CallerOfAsync(HttpContext http)
    {
        var offered = http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p => p.StartsWith(TokenProtocol, StringComparison.Ordinal));
        return offered is null ? await callerOfRequest(http) : await callerOfToken(offered[TokenProtocol.Length..], http.RequestAborted);
    }

    private async Task ServeAsync(HttpContext http, Caller caller)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            // A token may come as a sub-protocol, the only header a browser can set; it is never said back.
            SubProtocol = http.WebSockets.WebSocketRequestedProtocols.Contains(Protocol) ? Protocol : null,
            KeepAliveInterval = _options.PingInterval,
            KeepAliveTimeout = _options.PongTimeout,
            DangerousEnableCompression = _options.Compression,
            DisableServerContextTakeover = true,
        });
        var writer = new SocketWriter(socket, _options, metrics, stages, time);
        var session = new SocketSession(writer, channels, callerOfToken, caller, _options, time);
        var connection = new SocketConnection(http.TraceIdentifier, socket, writer, session, _options);
        GatewayLog.SocketOpened(logger, connection.Id, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        metrics.SocketOpened();
        sockets.Add(connection);
        var end = new SocketEnd(WebSocketCloseStatus.InternalServerError, "failed");
        try
        {
            var epoch = ring.Loaded.IsCompletedSuccessfully ? ring.Span.Epoch : (long?)null;
            end = await connection.RunAsync(ServerMessage.Welcome(connection.Id, epoch, time.GetUtcNow(), _options), http.RequestAborted);
        }
        finally
        {
            sockets.Remove(connection);
            metrics.SocketClosed();
            GatewayLog.SocketClosed(logger, connection.Id, connection.Sent, end.Reason);
        }
    }
}
