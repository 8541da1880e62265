using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Edge;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary><c>/ws/alerts</c>, as the earlier product had it; <c>?after=</c> the last alert that a client has, nothing is missed in between.</summary>
internal sealed class AlertSocketEndpoint(AlertResume alerts, AlertBell bell, OneWayEndpoint oneWay, GatewayMetrics metrics, StageLatency stages, TimeProvider time)
{
    internal static readonly Parameter<string?> After = Parameter.Text("after", "The `id` of the last alert you have: what came since is sent first.", 128);

    public async Task HandleAsync(HttpContext http)
    {
        var query = new QueryReader(http);
        var after = query.Get(After);
        if (query.Problem is { } wrong)
        {
            await wrong.ExecuteAsync(http);
            return;
        }

        // The place is taken before the client hears that it is connected: what comes from then on is its.
        var start = await alerts.StartAfterAsync(new AlertFilter(http.Account()), after, http.RequestAborted);
        if (start is null) await Refusal.NotRead().ExecuteAsync(http);
        else await oneWay.HandleAsync(http, after is null || start.Recovered ? new AlertSocket(start.Cursor, bell, metrics, stages, time) : AlertSocket.WithoutPlace);
    }
}
