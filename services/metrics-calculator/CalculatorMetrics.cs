using System.Diagnostics.Metrics;

namespace CryptoScreener.MetricsCalculator;

internal sealed class CalculatorMetrics
{
    public const string MeterName = "CryptoScreener.MetricsCalculator";

    private readonly Counter<long> _candles;
    private readonly Counter<long> _metrics;
    private readonly Histogram<double> _calculation;
    private readonly Histogram<double> _insert;
    private readonly UpDownCounter<long> _minutes;
    private readonly Counter<long> _dropped;

    public CalculatorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _candles = meter.CreateCounter<long>("metrics_calculator_candles_processed", description: "Candles taken into account, forming ones included");
        _metrics = meter.CreateCounter<long>("metrics_calculator_metrics_calculated", description: "Numbers published in frames");
        _calculation = meter.CreateHistogram(
            "metrics_calculator_calculation_duration",
            "s",
            "Time to calculate one frame",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 1e-3, 1e-2] });
        _insert = meter.CreateHistogram(
            "metrics_calculator_db_insert_duration",
            "s",
            "Time to store one batch of rows with its checkpoint, by table",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5] });
        _minutes = meter.CreateUpDownCounter<long>("metrics_calculator_ring_buffer_size", description: "Minutes held in memory over all instruments");
        _dropped = meter.CreateCounter<long>("metrics_calculator_live_candles_dropped", description: "Forming candles skipped because the lane lagged");
        _candles.Add(0);
        _metrics.Add(0);
        _minutes.Add(0);
        _dropped.Add(0);
    }

    public void Candle() => _candles.Add(1);

    public void Frame(int values, TimeSpan took)
    {
        _metrics.Add(values);
        _calculation.Record(took.TotalSeconds);
    }

    public void Inserted(string table, TimeSpan took) => _insert.Record(took.TotalSeconds, new KeyValuePair<string, object?>("table", table));

    public void MinutesHeld(int change) => _minutes.Add(change);

    public void LiveDropped() => _dropped.Add(1);
}
