using System.Collections.Concurrent;
using System.Text.Json;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Json;
using NATS.Client.Core;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>Reads frames and alerts on the bus and takes the times of each stage from what they carry. All clocks are this machine's.</summary>
internal sealed class StageWatch : IAsyncDisposable
{
    private readonly NatsConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(long Event, long Received, long Calculated, long Arrived)> _frames = new();
    private readonly ConcurrentQueue<(long Calculated, long Evaluated, long Arrived)> _alerts = new();
    private readonly Task _reading;

    public StageWatch(string url)
    {
        _connection = new NatsConnection(new NatsOpts { Url = url });
        _reading = Task.WhenAll(ReadFramesAsync(TimeProvider.System), ReadAlertsAsync(TimeProvider.System));
    }

    /// <summary>What was seen since the last call.</summary>
    public IReadOnlyList<Stage> Take()
    {
        var (frames, alerts) = (Drain(_frames), Drain(_alerts));
        return
        [
            new("exchange → collector", "data-collector", [.. frames.Select(frame => (double)(frame.Received - frame.Event))]),
            new("collector → frame calculated", "metrics-calculator", [.. frames.Select(frame => (double)(frame.Calculated - frame.Received))]),
            new("frame calculated → on the bus", "metrics-calculator", [.. frames.Select(frame => (double)(frame.Arrived - frame.Calculated))]),
            new("frame calculated → alert found", "alert-engine", [.. alerts.Select(alert => (double)(alert.Evaluated - alert.Calculated))]),
            new("alert found → on the bus", "alert-engine", [.. alerts.Select(alert => (double)(alert.Arrived - alert.Evaluated))]),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadFramesAsync(TimeProvider time)
    {
        try
        {
            await foreach (var message in _connection.SubscribeAsync<byte[]>("metrics.live.>", cancellationToken: _stop.Token))
            {
                if (!FrameCodec.TryReadHeader(message.Data, out var header, out _) || header.ReceivedAt == 0) continue;
                _frames.Enqueue((header.EventTime, header.ReceivedAt, header.CalculatedAt, time.GetUtcNow().ToUnixTimeMilliseconds()));
            }
        }
        catch (OperationCanceledException)
        {
            // enough was seen
        }
    }

    private async Task ReadAlertsAsync(TimeProvider time)
    {
        try
        {
            await foreach (var message in _connection.SubscribeAsync<byte[]>($"alerts.*.*.{EveryClose.Rule}.*", cancellationToken: _stop.Token))
            {
                var alert = JsonSerializer.Deserialize(message.Data, ContractsJson.Default.AlertEvent)!;
                if (alert.EvaluatedAt > 0) _alerts.Enqueue((alert.CalculatedAt, alert.EvaluatedAt, time.GetUtcNow().ToUnixTimeMilliseconds()));
            }
        }
        catch (OperationCanceledException)
        {
            // enough was seen
        }
    }

    private static List<T> Drain<T>(ConcurrentQueue<T> queue)
    {
        var taken = new List<T>();
        while (queue.TryDequeue(out var one)) taken.Add(one);
        return taken;
    }
}
