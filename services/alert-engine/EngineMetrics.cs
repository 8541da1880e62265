using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Messaging.Publishing;

namespace CryptoScreener.AlertEngine;

internal sealed class EngineMetrics
{
    public const string MeterName = "CryptoScreener.AlertEngine";

    private static readonly KeyValuePair<string, object?>[] SuppressionTags = [new("reason", "silence"), new("reason", "inhibition"), new("reason", "cooldown")];

    private readonly Counter<long> _evaluated;
    private readonly Counter<long> _triggered;
    private readonly Counter<long> _duplicated;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _liveDropped;
    private readonly Counter<long> _suppressed;
    private readonly Counter<long> _gaps;
    private readonly ConcurrentDictionary<(string Exchange, int Partition), int> _withoutData = new();

    public EngineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _evaluated = meter.CreateCounter<long>("alert_engine_alerts_evaluated", description: "Rules held against frames");
        _triggered = meter.CreateCounter<long>("alert_engine_alerts_triggered", description: "Alerts stored on the bus");
        _duplicated = meter.CreateCounter<long>("alert_engine_alerts_duplicated", description: "Alerts that were stored already, by an earlier try or another replica");
        _liveDropped = meter.CreateCounter<long>("alert_engine_live_frames_dropped", description: "Live frames skipped because evaluation lagged");
        _duration = meter.CreateHistogram(
            "alert_engine_evaluation_duration",
            "s",
            "Time to evaluate one frame against its rules",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 5e-3, 1e-2] });
        _suppressed = meter.CreateCounter<long>("alert_engine_alerts_suppressed", description: "Alerts that are recorded but not delivered, by reason: silence, inhibition, cooldown");
        foreach (var tag in SuppressionTags) _suppressed.Add(0, tag);
        _gaps = meter.CreateCounter<long>("alert_engine_evaluation_gaps", description: "Stretches of frames that were gone before they were evaluated: no rule fired for them");
        meter.CreateObservableGauge(
            "alert_engine_instruments_without_data",
            () => _withoutData.GroupBy(known => known.Key.Exchange).Select(of => new Measurement<int>(of.Sum(known => known.Value), new KeyValuePair<string, object?>("exchange", of.Key))),
            description: "Instruments whose last minute brought no frame: their rules neither fire nor end");
        _gaps.Add(0);
        _evaluated.Add(0);
        _triggered.Add(0);
        _duplicated.Add(0);
        _liveDropped.Add(0);
    }

    public void Evaluated(int rules, TimeSpan took)
    {
        _evaluated.Add(rules);
        _duration.Record(took.TotalSeconds);
    }

    public void Published(PublishOutcome outcome) => (outcome == PublishOutcome.Stored ? _triggered : _duplicated).Add(1);

    public void Suppressed(SuppressionReason reason) => _suppressed.Add(1, SuppressionTags[(int)reason]);

    public void LiveDropped() => _liveDropped.Add(1);

    public void EvaluationGap() => _gaps.Add(1);

    public void WithoutData(string exchange, int partition, int instruments) => _withoutData[(exchange, partition)] = instruments;

    public void Disowned(int partition)
    {
        foreach (var known in _withoutData.Keys.Where(known => known.Partition == partition)) _withoutData.TryRemove(known, out _);
    }
}
