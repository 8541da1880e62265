using System.Diagnostics.Metrics;
using CryptoScreener.Hosting.Status;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.Hosting.Status;

public sealed class MeterReadingsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly string _name = $"reading_{Guid.NewGuid():N}"; // listeners hear every meter of the process
    private readonly MeterReadings _readings = new();
    private readonly Meter _meter;

    public MeterReadingsTests() => _meter = _services.GetRequiredService<IMeterFactory>().Create("CryptoScreener.Test");

    [Fact]
    public void A_counter_is_told_under_its_Prometheus_name_and_split_by_its_label()
    {
        var counter = _meter.CreateCounter<long>(_name);
        counter.Add(2);
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a"));
        counter.Add(4, new KeyValuePair<string, object?>("kind", "a"));

        var values = _readings.Read();

        Assert.Equal(2, values[$"{_name}_total"]);
        Assert.Equal(7, values[$"{_name}_total{{kind=\"a\"}}"]);
    }

    [Fact]
    public void Of_another_worker_in_this_process_nothing_is_told()
    {
        using var others = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var readings = new MeterReadings(_services.GetRequiredService<IMeterFactory>());
        _meter.CreateCounter<long>(_name).Add(2);
        others.GetRequiredService<IMeterFactory>().Create("CryptoScreener.Test").CreateCounter<long>($"{_name}_other").Add(2);

        var values = readings.Read();

        Assert.Equal(2, values[$"{_name}_total"]);
        Assert.DoesNotContain($"{_name}_other_total", values.Keys);
    }

    [Fact]
    public void All_of_the_processor_time_is_told()
    {
        var values = _readings.Read();
        Assert.Equal(2, values.Keys.Count(name => name.StartsWith("dotnet_process_cpu_time_seconds_total{", StringComparison.Ordinal))); // user and system
    }

    [Fact]
    public void A_gauge_tells_its_last_value_and_one_that_is_no_number_nothing()
    {
        _meter.CreateObservableGauge(_name, () => 5.5, "s");
        _meter.CreateObservableGauge($"{_name}_none", () => double.NaN);

        var values = _readings.Read();

        Assert.Equal(5.5, values[$"{_name}_seconds"]);
        Assert.DoesNotContain($"{_name}_none", values.Keys);
    }

    [Fact]
    public void A_histogram_tells_its_quantiles_since_the_last_look_and_nothing_when_nothing_happened()
    {
        var histogram = _meter.CreateHistogram(_name, "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4] });
        for (var i = 0; i < 90; i++) histogram.Record(0.5);
        for (var i = 0; i < 10; i++) histogram.Record(3);

        var first = _readings.Read();
        var second = _readings.Read();

        Assert.Equal(100, first[$"{_name}_seconds_count"]);
        Assert.Equal(75, first[$"{_name}_seconds_sum"], 9);
        Assert.InRange(first[$"{_name}_seconds_p50"], 0, 1);
        Assert.InRange(first[$"{_name}_seconds_p99"], 2, 4);
        Assert.Equal(100, second[$"{_name}_seconds_count"]);
        Assert.DoesNotContain($"{_name}_seconds_p50", second.Keys);
    }

    [Fact]
    public void An_up_down_counter_tells_where_it_stands()
    {
        var open = _meter.CreateUpDownCounter<int>(_name);
        open.Add(3);
        open.Add(-1);
        Assert.Equal(2, _readings.Read()[_name]);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>(_name);
        var stages = new StageLatency(_services.GetRequiredService<IMeterFactory>());
        Record(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Record(1_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Record(int times)
        {
            for (var i = 0; i < times; i++)
            {
                counter.Add(1);
                stages.Record(Stage.Calculated, 1, 5);
            }
        }
    }

    [Fact]
    public void A_stage_is_measured_only_when_both_its_times_are_known()
    {
        var before = Count(_readings.Read());
        var stages = new StageLatency(_services.GetRequiredService<IMeterFactory>());
        stages.Record(Stage.AlertPublished, 0, 5);
        stages.Record(Stage.AlertPublished, 1_000, 1_500);
        stages.Record(Stage.AlertPublished, 1_500, 1_000);

        var values = _readings.Read();

        Assert.Equal(2, Count(values) - before);

        static double Count(Dictionary<string, double> values) =>
            values.GetValueOrDefault("screener_stage_latency_seconds_count{stage=\"alert_published\"}");
    }

    public void Dispose()
    {
        _readings.Dispose();
        _services.Dispose();
    }
}
