using CryptoScreener.ApiGateway.Operations;
using CryptoScreener.Contracts.Status;
using CryptoScreener.Testing;

namespace CryptoScreener.UnitTests.ApiGateway.Operations;

public sealed class PerformanceSampleTests
{
    private readonly ManualTime _time = new();
    private readonly ServiceBook _services;

    public PerformanceSampleTests() => _services = new ServiceBook(_time);

    [Fact]
    public void Rates_come_from_two_words_of_a_worker_and_add_up_over_workers()
    {
        Hear("collector-1", 0, ("data_collector_candles_received_total", 100));
        Assert.Null(Sample().CandlesPerSecond);
        Hear("collector-1", 5_000, ("data_collector_candles_received_total", 600));
        Hear("collector-2", 0, ("data_collector_candles_received_total", 1_000));
        Hear("collector-2", 10_000, ("data_collector_candles_received_total", 1_500));
        Assert.Equal(150, Sample().CandlesPerSecond);
    }

    [Fact]
    public void A_worker_that_restarted_has_no_rate_until_it_spoke_twice()
    {
        Hear("collector", 0, ("data_collector_candles_received_total", 1_000));
        Hear("collector", 5_000, ("data_collector_candles_received_total", 3));
        Assert.Null(Sample().CandlesPerSecond);
        Hear("collector", 10_000, ("data_collector_candles_received_total", 53));
        Assert.Equal(10, Sample().CandlesPerSecond);
    }

    [Fact]
    public void The_api_is_measured_over_all_statuses()
    {
        Hear("gateway", 0, ("api_gateway_http_requests_total{status=\"200\"}", 0), ("api_gateway_http_requests_total{status=\"500\"}", 0),
            ("api_gateway_http_duration_seconds_count{status=\"200\"}", 0), ("api_gateway_http_duration_seconds_sum{status=\"200\"}", 0));
        Hear("gateway", 5_000, ("api_gateway_http_requests_total{status=\"200\"}", 75), ("api_gateway_http_requests_total{status=\"500\"}", 25),
            ("api_gateway_http_duration_seconds_count{status=\"200\"}", 100), ("api_gateway_http_duration_seconds_sum{status=\"200\"}", 0.5),
            ("api_gateway_http_duration_seconds_p95{status=\"200\"}", 0.01), ("api_gateway_http_duration_seconds_p95{status=\"500\"}", 0.02));
        var sample = Sample();
        Assert.Equal((20, 0.25, 5, 20), (sample.RequestsPerSecond!.Value, sample.ErrorRate!.Value, sample.MeanMs!.Value, sample.P95Ms!.Value));
        Assert.Null(sample.P99Ms);
    }

    [Fact]
    public void Processor_and_memory_are_shares_of_what_a_worker_may_use()
    {
        (string, double)[] Figures(double user, double system) =>
        [
            ("dotnet_process_cpu_time_seconds_total{cpu.mode=\"user\"}", user), ("dotnet_process_cpu_time_seconds_total{cpu.mode=\"system\"}", system),
            ("worker_processors", 4), ("dotnet_process_memory_working_set_bytes", 250), ("worker_memory_limit_bytes", 1_000),
        ];
        Hear("engine", 0, Figures(10, 1));
        Hear("engine", 5_000, Figures(18, 3));
        var load = WorkerLoad.Of(_services.Alive.Single());
        Assert.Equal((50.0, 2.0, 250.0, 25.0), (load.CpuPercent, load.CpuCores, load.MemoryBytes, load.MemoryPercent));
        Assert.Equal((50.0, 25.0), (Sample().CpuPercent, Sample().MemoryPercent));
    }

    [Fact]
    public void Who_falls_silent_is_not_alive_and_then_forgotten()
    {
        Hear("engine", 0);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.True(_services.Now().Single().Alive);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((false, false), (_services.Now().Single().Alive, _services.Now().Single().Ready));
        Assert.Empty(_services.Alive);
        _time.Advance(TimeSpan.FromMinutes(10));
        Hear("other", 0);
        Assert.Equal("other", _services.Now().Single().Instance);
    }

    [Fact]
    public void An_hour_of_samples_is_kept()
    {
        var history = new PerformanceHistory();
        foreach (var sample in Samples.Hour(_ => Samples.Sample).Concat([Samples.Sample with { Timestamp = Samples.Sample.Timestamp.AddHours(1) }])) history.Add(sample);
        Assert.Equal(720, history.Since(DateTime.MinValue).Count);
        Assert.Equal(13, history.Since(Samples.Sample.Timestamp.AddMinutes(59)).Count);
        Assert.Equal(Samples.Sample.Timestamp.AddHours(1), history.Latest!.Timestamp);
    }

    private PerformanceSample Sample() => PerformanceSample.Of(_services.Alive, _time.GetUtcNow().UtcDateTime);

    private void Hear(string instance, long at, params (string Name, double Value)[] values) => _services.Hear(new ServiceStatus(
        "service", instance, "1", true, values.ToDictionary(v => v.Name, v => v.Value), new Dictionary<string, string>(), at));
}
