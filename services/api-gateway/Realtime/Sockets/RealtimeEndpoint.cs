using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Endpoints;
using CryptoScreener.ApiGateway.Realtime.Channels;
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
    AccountReader accounts,
    CallerRates rates,
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
        var (caller, refusal) = RefusalOf(http) is { } refused ? (null, refused) : await CallerOfAsync(http);
        refusal ??= admission.Enter(http);
        if (caller is null || refusal is not null)
        {
            await (refusal ?? Refusal.NoCredential()).ExecuteAsync(http);
            return;
        }

        try
        {
            await ServeAsync(http, caller);
        }
        finally
        {
            admission.Leave();
        }
    }

    private ApiProblem? RefusalOf(HttpContext http)
    {
        if (!OriginCheck.IsAllowed(http.Request.Headers.Origin, http.Request.Host.Value, _options.AllowedOrigins)) return Refusal.Origin();
        return Refusal.HasTokenInAddress(http) ? Refusal.TokenInAddress() : null;
    }

    private async ValueTask<(Caller? Caller, ApiProblem? Refusal)> CallerOfAsync(HttpContext http)
    {
        var offered = http.WebSockets.WebSocketRequestedProtocols.FirstOrDefault(p => p.StartsWith(TokenProtocol, StringComparison.Ordinal));
        if (offered is null) return (Caller.Of(http), null);
        var token = offered[TokenProtocol.Length..];
        var answer = await accounts.ReadAsync(token, http.RequestAborted);
        if (answer.IsKnown) return (Caller.Of(http, answer.Account, token), null);
        if (answer.IsUnknown) return (null, Problem.NotReady(answer.Refusal));
        rates.ChargeWrongCredential(http);
        return (null, Problem.Unauthenticated(answer.Refusal, wasGiven: true));
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
        var session = new SocketSession(writer, channels, accounts, caller, _options, time);
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
