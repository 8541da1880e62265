using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A client of <c>/ws/real-time-metrics</c>: <c>{type: "metrics_update", data: …}</c> at once and every five seconds.</summary>
internal sealed class MetricsSocket(WebSocket socket, OperationsViews views, PerformanceSampler sampler)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // DropWrite: each message is the whole; who reads slowly gets fewer.
    private readonly Channel<bool> _signs = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task RunAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        sampler.Sampled += Wake;
        try
        {
            Wake();
            await Task.WhenAny(SendAsync(ending.Token), WaitForCloseAsync(ending.Token));
            await CloseAsync(stop.IsCancellationRequested);
        }
        finally
        {
            sampler.Sampled -= Wake;
            await ending.CancelAsync();
        }
    }

    private void Wake() => _signs.Writer.TryWrite(true);

    private async Task SendAsync(CancellationToken stop)
    {
        while (await _signs.Reader.ReadAsync(stop))
        {
            var message = JsonText.Of(json =>
            {
                json.WriteString("type", "metrics_update");
                json.WritePropertyName("data");
                JsonSerializer.Serialize(json, views.Now(), OperationsJson.Default.PerformanceNow);
            });
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            await socket.SendAsync(message, WebSocketMessageType.Text, true, patience.Token);
        }
    }

    private async Task WaitForCloseAsync(CancellationToken stop)
    {
        var ignored = new byte[512];
        while ((await socket.ReceiveAsync(ignored.AsMemory(), stop)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private async Task CloseAsync(bool stopping)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(stopping ? CloseCode.Restart : CloseCode.Normal, null, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or InvalidOperationException)
        {
            socket.Abort(); // it is gone already
        }
    }
}
