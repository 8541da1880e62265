using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary><c>/ws/alerts</c>, as the earlier product had it; what is let in, and how long, is as with <c>/ws/v1</c>.</summary>
internal sealed class AlertSocketEndpoint(
    AlertRing ring,
    Admission admission,
    AccountReader accounts,
    IOptions<RealtimeOptions> options,
    GatewayMetrics metrics,
    StageLatency stages,
    TimeProvider time,
    IHostApplicationLifetime life,
    ILogger<AlertSocket> logger)
{
    public async Task HandleAsync(HttpContext http)
    {
        var refusal = OriginCheck.IsAllowed(http.Request.Headers.Origin, http.Request.Host.Value, options.Value.AllowedOrigins) ? admission.Enter(http) : Refusal.Origin();
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        try
        {
            await ServeAsync(http);
        }
        finally
        {
            admission.Leave();
        }
    }

    private async Task ServeAsync(HttpContext http)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var client = new AlertSocket(socket, http.Account(), ring, metrics, stages, time);
        var credential = AccountMiddleware.CredentialOf(http.Request).Credential;
        GatewayLog.SocketOpened(logger, http.TraceIdentifier, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        metrics.SocketOpened();
        var reason = "failed";
        try
        {
            reason = await client.RunAsync(stop => UntilUnwelcomeAsync(credential, stop), ending.Token);
        }
        finally
        {
            metrics.SocketClosed();
            GatewayLog.SocketClosed(logger, http.TraceIdentifier, client.Sent, reason);
        }
    }

    // What cannot be checked now is still welcome.
    private async Task UntilUnwelcomeAsync(string? credential, CancellationToken stop)
    {
        do await Task.Delay(options.Value.HeartbeatInterval, time, stop);
        while (credential is null || await accounts.ReadAsync(credential, stop) is { IsKnown: true } or { IsUnknown: true });
    }
}
