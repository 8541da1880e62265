using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A client of <c>/ws/real-time-metrics</c>: <c>{type: "metrics_update", data: …}</c> at once and every five seconds.</summary>
internal sealed class MetricsSocket(WebSocket socket, OperationsViews views, PerformanceSampler sampler, TimeProvider time) : IOneWaySpeaker
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // DropWrite: each message is the whole; who reads slowly gets fewer.
    private readonly Channel<bool> _signs = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly TaskCompletionSource _tooSlow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Sent { get; private set; }

    public async Task<string> RunAsync(OneWaySocket oneWay, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop)
    {
        sampler.Sampled += Wake;
        try
        {
            Wake();
            return await oneWay.RunAsync(SendAllAsync, _tooSlow.Task, untilUnwelcomeAsync, stop);
        }
        finally
        {
            sampler.Sampled -= Wake;
        }
    }

    private void Wake() => _signs.Writer.TryWrite(true);

    private async Task SendAllAsync(CancellationToken stop)
    {
        while (await _signs.Reader.ReadAsync(stop))
        {
            var message = JsonText.Of(json =>
            {
                json.WriteString("type", "metrics_update");
                json.WritePropertyName("data");
                JsonSerializer.Serialize(json, views.Now(), OperationsJson.Default.PerformanceNow);
            });
            var sending = socket.SendAsync(message, WebSocketMessageType.Text, true, stop);
            if (!sending.IsCompleted && await Task.WhenAny(sending, Task.Delay(Patience, time, stop)) != sending) _tooSlow.TrySetResult();
            await sending;
            Sent++;
        }
    }
}
