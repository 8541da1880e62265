using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Sockets;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A client of <c>/ws/real-time-metrics</c>: <c>{type: "metrics_update", data: …}</c> at once and every five seconds.</summary>
internal sealed class MetricsSocket(OperationsViews views, PerformanceSampler sampler) : IOneWaySpeaker
{
    // DropWrite: each message is the whole; who reads slowly gets fewer.
    private readonly Channel<bool> _signs = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public async Task<string> RunAsync(OneWaySocket oneWay, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop)
    {
        sampler.Sampled += Wake;
        try
        {
            Wake();
            return await oneWay.RunAsync(ending => SendAllAsync(oneWay, ending), untilUnwelcomeAsync, stop);
        }
        finally
        {
            sampler.Sampled -= Wake;
        }
    }

    private void Wake() => _signs.Writer.TryWrite(true);

    private async Task SendAllAsync(OneWaySocket oneWay, CancellationToken stop)
    {
        while (await _signs.Reader.ReadAsync(stop))
        {
            var message = JsonText.Of(json =>
            {
                json.WriteString("type", "metrics_update");
                json.WritePropertyName("data");
                JsonSerializer.Serialize(json, views.Now(), OperationsJson.Default.PerformanceNow);
            });
            await oneWay.SendAsync(message, stop);
        }
    }
}
