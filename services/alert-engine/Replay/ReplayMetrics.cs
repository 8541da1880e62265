using System.Diagnostics.Metrics;

namespace CryptoScreener.AlertEngine.Replay;

internal sealed class ReplayMetrics
{
    private static readonly string[] Results = ["ok", "failed", "refused", "cancelled", "interrupted"];

    private readonly Histogram<double> _duration;
    private readonly Counter<long> _replays;

    public ReplayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(EngineMetrics.MeterName);
        _duration = meter.CreateHistogram(
            "alert_engine_replay_duration",
            "s",
            "Time a replay ran",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_800] });
        _replays = meter.CreateCounter<long>("alert_engine_replays", description: "Replays that ended, by result: ok, failed, refused (the request was faulty), cancelled, interrupted (another engine goes on)");
        foreach (var result in Results) _replays.Add(0, new KeyValuePair<string, object?>("result", result));
    }

    public void Ended(string result, TimeSpan took)
    {
        _duration.Record(took.TotalSeconds);
        _replays.Add(1, new KeyValuePair<string, object?>("result", result));
    }
}
