using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Auth;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Who speaks on a one-way socket.</summary>
internal interface IOneWaySpeaker
{
    /// <summary>Messages sent so far.</summary>
    long Sent { get; }

    /// <returns>Why it ended.</returns>
    Task<string> RunAsync(OneWaySocket socket, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop);
}

/// <summary>Lets clients of one-way sockets in as <c>/ws/v1</c> does: by origin, number and credential, and no longer than the credential is good.</summary>
internal sealed class OneWayEndpoint(
    Admission admission,
    AccountReader accounts,
    IOptions<RealtimeOptions> options,
    GatewayMetrics metrics,
    TimeProvider time,
    IHostApplicationLifetime life,
    ILogger<OneWayEndpoint> logger)
{
    public async Task HandleAsync(HttpContext http, Func<WebSocket, IOneWaySpeaker> speaker)
    {
        var refusal = OriginCheck.IsAllowed(http.Request.Headers.Origin, http.Request.Host.Value, options.Value.AllowedOrigins) ? admission.Enter(http) : Refusal.Origin();
        if (refusal is not null)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        try
        {
            await ServeAsync(http, speaker);
        }
        finally
        {
            admission.Leave();
        }
    }

    private async Task ServeAsync(HttpContext http, Func<WebSocket, IOneWaySpeaker> speaker)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var caller = Caller.Of(http);
        var speaking = speaker(socket);
        GatewayLog.SocketOpened(logger, http.TraceIdentifier, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        metrics.SocketOpened();
        var reason = "failed";
        try
        {
            reason = await speaking.RunAsync(new OneWaySocket(socket, time), stop => UntilUnwelcomeAsync(caller, stop), ending.Token);
        }
        finally
        {
            metrics.SocketClosed();
            GatewayLog.SocketClosed(logger, http.TraceIdentifier, speaking.Sent, reason);
        }
    }

    private async Task UntilUnwelcomeAsync(Caller caller, CancellationToken stop)
    {
        do await Task.Delay(caller.NextLook(options.Value.HeartbeatInterval, time.GetUtcNow()), time, stop);
        while (await caller.IsStillWelcomeAsync(accounts, time.GetUtcNow(), stop));
    }
}
