using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.ApiGateway.Realtime;

internal static class AlertSocketEndpoint
{
    public static void MapAlertSocket(this IEndpointRouteBuilder routes) => routes.Map("/ws/alerts", HandleAsync).Reads(Scopes.Alerts);

    private static async Task HandleAsync(
        HttpContext http,
        AlertRing ring,
        GatewayMetrics metrics,
        StageLatency stages,
        TimeProvider time,
        IHostApplicationLifetime life,
        ILogger<AlertSocket> logger)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var client = new AlertSocket(socket, http.Account(), ring, metrics, stages, time);
        GatewayLog.SocketOpened(logger, http.TraceIdentifier, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        metrics.SocketOpened();
        var reason = "failed";
        try
        {
            reason = await client.RunAsync(ending.Token);
        }
        finally
        {
            metrics.SocketClosed();
            GatewayLog.SocketClosed(logger, http.TraceIdentifier, client.Sent, reason);
        }
    }
}
