using CryptoScreener.ApiGateway.Auth;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>Who speaks on a one-way socket.</summary>
internal interface IOneWaySpeaker
{
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
    public async Task HandleAsync(HttpContext http, IOneWaySpeaker speaker)
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

    private async Task ServeAsync(HttpContext http, IOneWaySpeaker speaker)
    {
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        var caller = Caller.Of(http);
        var oneWay = new OneWaySocket(socket, options.Value.SendTimeout, time);
        GatewayLog.SocketOpened(logger, http.TraceIdentifier, http.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        metrics.SocketOpened();
        var reason = "failed";
        try
        {
            reason = await speaker.RunAsync(oneWay, stop => UntilUnwelcomeAsync(caller, stop), ending.Token);
        }
        finally
        {
            metrics.SocketClosed();
            GatewayLog.SocketClosed(logger, http.TraceIdentifier, oneWay.Sent, reason);
        }
    }

    private async Task UntilUnwelcomeAsync(Caller caller, CancellationToken stop)
    {
        do await Task.Delay(caller.NextLook(options.Value.HeartbeatInterval, time.GetUtcNow()), time, stop);
        while (await caller.IsStillWelcomeAsync(accounts, time.GetUtcNow(), stop));
    }
}
