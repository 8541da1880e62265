using System.Net.WebSockets;
using System.Threading.Channels;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary>One client of <c>/ws/alerts</c>: every alert from now on that its account may see, one JSON text message each.</summary>
internal sealed class AlertSocket(WebSocket socket, Account account, AlertRing ring, GatewayMetrics metrics, StageLatency stages, TimeProvider time) : IOneWaySpeaker
{
    private const int QueueSize = 1_000;

    // An alert is never skipped silently: a client that lets this many pile up is closed and may come back.
    private readonly Channel<StreamedAlert> _queue = Channel.CreateBounded<StreamedAlert>(
        new BoundedChannelOptions(QueueSize) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly TaskCompletionSource _tooSlow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Sent { get; private set; }

    public async Task<string> RunAsync(OneWaySocket oneWay, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop)
    {
        ring.Added += Enqueue;
        try
        {
            return await oneWay.RunAsync(SendAllAsync, _tooSlow.Task, untilUnwelcomeAsync, stop);
        }
        finally
        {
            ring.Added -= Enqueue;
        }
    }

    private void Enqueue(StreamedAlert alert)
    {
        if (!account.Sees(alert.Event.Owner)) return; // without credentials only the built-in rules' alerts show
        if (_queue.Writer.TryWrite(alert)) return;
        _tooSlow.TrySetResult();
    }

    private async Task SendAllAsync(CancellationToken stop)
    {
        await foreach (var alert in _queue.Reader.ReadAllAsync(stop))
        {
            try
            {
                await socket.SendAsync(alert.Json, WebSocketMessageType.Text, true, stop);
            }
            catch (Exception e) when (e is WebSocketException or IOException)
            {
                metrics.MessageFailed();
                throw;
            }

            Sent++;
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            stages.Record(Stage.Sent, alert.Event.EvaluatedAt, now);
            metrics.MessageSent(TimeSpan.FromMilliseconds(now - alert.Event.EvaluatedAt));
        }
    }
}
