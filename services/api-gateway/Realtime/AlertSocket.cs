using System.Net.WebSockets;
using System.Threading.Channels;
using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.ApiGateway.Realtime;

/// <summary>One client of <c>/ws/alerts</c>: every alert from now on that its account may see, one JSON text message each.</summary>
internal sealed class AlertSocket(WebSocket socket, Account account, AlertRing ring, GatewayMetrics metrics, StageLatency stages, TimeProvider time)
{
    private const int QueueSize = 1_000;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // An alert is never skipped silently: a client that lets this many pile up is closed and may come back.
    private readonly Channel<StreamedAlert> _queue = Channel.CreateBounded<StreamedAlert>(
        new BoundedChannelOptions(QueueSize) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly TaskCompletionSource _tooSlow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Sent { get; private set; }

    /// <summary>Runs until the client leaves, lags too far behind, loses its right, or the gateway stops; returns why it ended.</summary>
    public async Task<string> RunAsync(Func<CancellationToken, Task> untilUnwelcome, CancellationToken stop)
    {
        // Not linked: a receive that is cancelled cuts the socket, and the client would never hear why.
        using var ending = new CancellationTokenSource();
        ring.Added += Enqueue;
        try
        {
            var left = WaitForCloseAsync(ending.Token);
            var sent = SendAllAsync(ending.Token);
            var unwelcome = untilUnwelcome(ending.Token);
            await Task.WhenAny(left, sent, _tooSlow.Task, unwelcome, Task.Delay(Timeout.InfiniteTimeSpan, time, stop));
            var (code, reason) = stop.IsCancellationRequested ? (WebSocketCloseStatus.EndpointUnavailable, "the gateway stops")
                : _tooSlow.Task.IsCompleted ? (WebSocketCloseStatus.PolicyViolation, "too slow")
                : unwelcome.IsCompleted ? (WebSocketCloseStatus.PolicyViolation, "the token expired or was revoked")
                : (WebSocketCloseStatus.NormalClosure, "the client left");
            await CloseAsync(code, reason);
            await Task.WhenAny(left, Task.Delay(Farewell, time, CancellationToken.None)); // until the client has said goodbye too
            await ending.CancelAsync();
            await Task.WhenAll(QuietAsync(left), QuietAsync(sent), QuietAsync(unwelcome));
            return reason;
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
        _tooSlow.TrySetResult(); // a send that hangs would not notice a completed queue
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

    /// <summary>What the client says is read and ignored, so that its close and its pings are noticed.</summary>
    private async Task WaitForCloseAsync(CancellationToken stop)
    {
        var ignored = new byte[512];
        while ((await socket.ReceiveAsync(ignored.AsMemory(), stop)).MessageType != WebSocketMessageType.Close) { }
    }

    private async Task CloseAsync(WebSocketCloseStatus code, string reason)
    {
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await socket.CloseOutputAsync(code, reason, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort(); // it is gone already
        }
    }

    private static async Task QuietAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // the connection's end is not news here
        }
    }
}
