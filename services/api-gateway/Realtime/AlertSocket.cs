using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Realtime.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary>
/// One client of <c>/ws/alerts</c>: every alert from its place on, one JSON text message each. It keeps a place and no queue, so it may be
/// behind by all that is in memory; none is ever left out.
/// </summary>
internal sealed class AlertSocket(AlertCursor place, AlertBell bell, GatewayMetrics metrics, StageLatency stages, TimeProvider time) : IOneWaySpeaker, IWake
{
    private static readonly SocketEnd Forgotten = new(
        CloseCode.Forgotten, "the alerts after your last one are not in memory: connect without 'after', read /api/v1/alerts");

    private readonly Doorbell _news = new();

    void IWake.Wake() => _news.Ring();

    /// <summary>For a client whose place is gone: let in and told so, because a browser does not see why it was refused.</summary>
    public static IOneWaySpeaker WithoutPlace { get; } = new Nobody();

    public async Task<string> RunAsync(OneWaySocket oneWay, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop)
    {
        bell.Join(this);
        try
        {
            return await oneWay.RunAsync(ending => SendAllAsync(oneWay, ending), untilUnwelcomeAsync, stop);
        }
        finally
        {
            bell.Leave(this);
        }
    }

    private async Task SendAllAsync(OneWaySocket oneWay, CancellationToken stop)
    {
        await using var ending = stop.UnsafeRegister(_ => _news.Ring(), null);
        var alerts = new List<StreamedAlert>();
        while (!stop.IsCancellationRequested)
        {
            alerts.Clear();
            var more = place.Take(alerts);
            foreach (var alert in alerts) await SendAsync(oneWay, alert, stop);
            if (more is null)
            {
                oneWay.End(Forgotten);
                return;
            }

            if (more is false) await _news.WaitAsync();
        }
    }

    private async ValueTask SendAsync(OneWaySocket oneWay, StreamedAlert alert, CancellationToken stop)
    {
        try
        {
            await oneWay.SendAsync(alert.Json, stop);
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            metrics.MessageFailed();
            throw;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        stages.Record(Stage.Sent, alert.Event.EvaluatedAt, now);
        metrics.MessageSent(TimeSpan.FromMilliseconds(now - alert.Event.EvaluatedAt));
    }

    private sealed class Nobody : IOneWaySpeaker
    {
        public Task<string> RunAsync(OneWaySocket oneWay, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop)
        {
            oneWay.End(Forgotten);
            return oneWay.RunAsync(untilUnwelcomeAsync, untilUnwelcomeAsync, stop); // there is nothing to send
        }
    }
}
