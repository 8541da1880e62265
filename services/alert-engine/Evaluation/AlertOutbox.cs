using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>
/// Publishes alerts beside the lane, so that evaluation does not wait for acknowledgements. What was handed over counts as
/// fired only when it is stored: the checkpoint waits for <see cref="FlushAsync"/>.
/// </summary>
internal sealed class AlertOutbox(
    OncePublisher publisher, CooldownMemory cooldowns, EngineMetrics metrics, StageLatency stages, TimeProvider time, ILogger<AlertOutbox> logger) : BackgroundService
{
    private const int Parallel = 64; // each waits for the stream's answer: a minute's alerts over all instruments are a dozen of them

    // One for each publisher, and for a rule on an instrument always the same: an end must not overtake its beginning.
    // A burst of alerts over all instruments fits. Wait, not drop: an alert is never given up; the lane is held back.
    private readonly Channel<(long Number, AlertEvent Alert, long At)>[] _queues =
    [
        .. Enumerable.Range(0, Parallel).Select(_ => Channel.CreateBounded<(long, AlertEvent, long)>(
            new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true })),
    ];

    private readonly Lock _lock = new();
    private readonly SortedSet<long> _outstanding = []; // publishers finish in any order, so a count would not do
    private long _last;
    private TaskCompletionSource _progress = NewSignal();

    /// <param name="at">When it fired or ended, as the trigger counts.</param>
    public ValueTask PutAsync(AlertEvent alert, long at, CancellationToken stop)
    {
        long number;
        lock (_lock) _outstanding.Add(number = ++_last);
        var queue = _queues[(uint)HashCode.Combine(alert.RuleId, alert.Exchange, alert.Symbol) % Parallel];
        return queue.Writer.WriteAsync((number, alert, at), stop);
    }

    /// <summary>Completes when everything handed over before this call is in the ALERTS stream.</summary>
    public async Task FlushAsync(CancellationToken stop)
    {
        long? target = null;
        while (true)
        {
            Task progress;
            lock (_lock)
            {
                target ??= _last;
                if (_outstanding.Count == 0 || _outstanding.Min > target) return;
                progress = _progress.Task;
            }

            await progress.WaitAsync(stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Together.RunAsync(stoppingToken, [.. _queues.Select<Channel<(long, AlertEvent, long)>, Func<CancellationToken, Task>>(queue => token => PublishAllAsync(queue.Reader, token))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // what is left was not checkpointed and fires again after the restart, under the same ids
        }
    }

    private async Task PublishAllAsync(ChannelReader<(long Number, AlertEvent Alert, long At)> queue, CancellationToken stop)
    {
        await foreach (var (number, found, at) in queue.ReadAllAsync(stop))
        {
            var alert = await cooldowns.JudgeAsync(found, at);
            using var correlation = AlertCorrelation.Begin(alert);
            using var trace = AlertTrace.Begin(alert);
            var instrument = new InstrumentId(alert.Exchange, alert.Symbol);
            var json = JsonSerializer.SerializeToUtf8Bytes(alert with { TraceParent = trace?.Id }, ContractsJson.Default.AlertEvent);
            var outcome = await publisher.PublishAsync(Subjects.Alert(instrument, alert.RuleId, alert.Id), json, stop);
            metrics.Published(outcome);
            if (outcome == PublishOutcome.Stored) Stored(alert, instrument);
            Done(number);
            await cooldowns.RememberAsync(alert, at);
        }
    }

    private void Stored(AlertEvent alert, InstrumentId instrument)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (alert.Suppressed is { } suppressed) metrics.Suppressed(suppressed.Reason);
        stages.Record(Stage.AlertPublished, alert.EvaluatedAt, now);
        if (!alert.Late) stages.Record(Stage.CloseToAlert, alert.ReceivedAt, now);
        EngineLog.AlertPublished(logger, alert.RuleId, instrument.ToString(), alert.State, alert.Id);
    }

    private void Done(long number)
    {
        lock (_lock)
        {
            _outstanding.Remove(number);
            _progress.TrySetResult();
            _progress = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
