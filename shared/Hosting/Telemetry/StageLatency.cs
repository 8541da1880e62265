using System.Diagnostics.Metrics;

namespace CryptoScreener.Hosting.Telemetry;

/// <summary>How long each stage of the pipeline takes, from exchange to client.</summary>
public sealed class StageLatency
{
    private static readonly KeyValuePair<string, object?>[] Labels =
    [
        new("stage", "received"), new("stage", "published"), new("stage", "calculated"), new("stage", "evaluated"),
        new("stage", "alert_published"), new("stage", "delivered"), new("stage", "sent"), new("stage", "close_to_alert"),
        new("stage", "alert_to_first_attempt"),
    ];

    private readonly Histogram<double> _latency;

    public StageLatency(IMeterFactory meters) => _latency = meters.Create("CryptoScreener.Stages").CreateHistogram(
        "screener_stage_latency",
        "s",
        "Time from the stage before to this one, by the times the messages carry",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30] });

    /// <summary>Both times in unix ms; nothing is measured where one is unknown (0). Clocks that disagree give 0, not less.</summary>
    public void Record(Stage stage, long from, long to)
    {
        if (from != 0 && to != 0) _latency.Record(Math.Max(0, to - from) / 1000.0, Labels[(int)stage]);
    }
}
