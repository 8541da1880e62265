using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.AlertEngine.Suppression;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Marks;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lanes;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>The one writer of all rule states: closed frames from the stream and live ones from the core pass here, in turn.</summary>
internal sealed class EvaluationLane(
    RulesInForce book, QuoteAssets quotes, AlertComposer composer, Suppressor suppressor, AlertOutbox outbox, EngineMetrics metrics, StageLatency stages, MarketTrace traces, TimeProvider time)
    : ILaneWork<EvaluationItem>
{
    // A minute's close of 800 instruments with room. Closed frames wait; live ones are only tried, the next says more.
    private const int Capacity = 8_192;

    private readonly Lane<EvaluationItem> _lane = new(Capacity, time);
    private readonly LaneRules _rules = new(book);
    private readonly Dictionary<int, PartitionEvaluator> _partitions = [];
    private readonly List<AlertEvent> _events = [];

    public Task RunAsync(Heartbeat heart, CancellationToken stop) => _lane.RunAsync(this, stop, heart);

    public void Try(in EvaluationItem item)
    {
        if (_lane.TryPut(item)) return;
        if (!item.IsHeard) metrics.LiveDropped(); // what was heard comes again, from the stream
        item.Release();
    }

    public ValueTask PutAsync(in EvaluationItem item, CancellationToken stop) => _lane.PutAsync(item, stop);

    public ValueTask OwnAsync(int partition, long epoch, IReadOnlyList<SavedInstrument> saved, CancellationToken stop) => _lane.PostAsync(
        () =>
        {
            var evaluator = new PartitionEvaluator(epoch, _rules, quotes, composer, suppressor);
            evaluator.Restore(saved);
            _partitions[partition] = evaluator;
        },
        stop);

    /// <inheritdoc cref="PartitionEvaluator.LoseTrack"/>
    public Task<Dictionary<string, long>> LoseTrackAsync(int partition, CancellationToken stop) =>
        _lane.AskAsync(() => _partitions.TryGetValue(partition, out var evaluator) ? evaluator.LoseTrack() : [], stop);

    public ValueTask MarkAsync(int partition, Mark mark, CancellationToken stop) => _lane.PostAsync(
        () =>
        {
            if (_partitions.TryGetValue(partition, out var evaluator)) metrics.WithoutData(mark.Exchange, partition, evaluator.Marked(mark));
        },
        stop);

    public ValueTask DisownAsync(int partition) => _lane.PostAsync(
        () =>
        {
            _partitions.Remove(partition);
            metrics.Disowned(partition);
        },
        CancellationToken.None);

    /// <summary>The states behind everything that was put before.</summary>
    public Task<List<SavedInstrument>> SaveAsync(int partition, CancellationToken stop) =>
        _lane.AskAsync(() => _partitions.TryGetValue(partition, out var evaluator) ? evaluator.Save() : [], stop);

    public async ValueTask HandleAsync(EvaluationItem item, CancellationToken stop)
    {
        try
        {
            if (_partitions.TryGetValue(item.Partition, out var partition)) await EvaluateAsync(partition, item, stop);
        }
        finally
        {
            item.Release();
        }
    }

    private async ValueTask EvaluateAsync(PartitionEvaluator partition, EvaluationItem item, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        if (!partition.Begin(item, out var rules)) return;
        for (var isDone = false; !isDone;)
        {
            isDone = partition.Step(item, _events);
            if (isDone) metrics.Evaluated(rules, time.GetElapsedTime(started));
            foreach (var alert in _events) await outbox.PutAsync(alert, item.Moment.Time, stop);
            _events.Clear();
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        stages.Record(Stage.Evaluated, item.Header.CalculatedAt, now);
        traces.Evaluated(item.Instrument, item.Header, now);
    }
}
