using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>
/// Publishes alerts beside the lane, so that evaluation does not wait for acknowledgements. What was handed over counts as
/// fired only when it is stored: the checkpoint waits for <see cref="FlushAsync"/>.
/// </summary>
internal sealed class AlertOutbox(OncePublisher publisher, EngineMetrics metrics, ILogger<AlertOutbox> logger) : BackgroundService
{
    private const int Parallel = 16;

    // A burst of alerts over all instruments fits. Wait, not drop: an alert is never given up; the lane is held back.
    private readonly Channel<AlertEvent> _queue = Channel.CreateBounded<AlertEvent>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.Wait });

    private long _accepted;
    private long _done;
    private volatile TaskCompletionSource _progress = NewSignal();

    public ValueTask PutAsync(AlertEvent alert, CancellationToken stop)
    {
        Interlocked.Increment(ref _accepted);
        return _queue.Writer.WriteAsync(alert, stop);
    }

    /// <summary>Completes when everything handed over before this call is in the ALERTS stream.</summary>
    public async Task FlushAsync(CancellationToken stop)
    {
        var target = Interlocked.Read(ref _accepted);
        while (true)
        {
            var progress = _progress;
            if (Interlocked.Read(ref _done) >= target) return;
            await progress.Task.WaitAsync(stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => PublishAllAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what is left was not checkpointed and fires again after the restart, under the same ids
        }
    }

    private async Task PublishAllAsync(CancellationToken stop)
    {
        await foreach (var alert in _queue.Reader.ReadAllAsync(stop))
        {
            var instrument = new InstrumentId(alert.Exchange, alert.Symbol);
            var json = JsonSerializer.SerializeToUtf8Bytes(alert, ContractsJson.Default.AlertEvent);
            var outcome = await publisher.PublishAsync(Subjects.Alert(instrument, alert.RuleId, alert.Id), json, stop);
            metrics.Published(outcome);
            if (outcome == PublishOutcome.Stored) EngineLog.AlertPublished(logger, alert.RuleId, instrument.ToString(), alert.State, alert.Id);
            Interlocked.Increment(ref _done);
            Interlocked.Exchange(ref _progress, NewSignal()).TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
