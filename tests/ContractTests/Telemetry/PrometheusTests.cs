using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>The last word on the format has the server that reads it.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public async Task A_real_prometheus_reads_counters_histograms_and_labels_as_they_were_recorded()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>("seen").Add(42, new KeyValuePair<string, object?>("text", "a \"quoted\"\nline \\ ünïcode"));
        app.Meter.CreateHistogram<double>("latency", "s").Record(3);
        using var prometheus = await RunningPrometheus.StartAsync($$"""
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: contract
                static_configs: [{targets: ["{{app.Address.Authority}}"]}]
            """);

        Assert.Equal("1", (await prometheus.FirstAsync("up == 1"))["value"]![1]!.GetValue<string>());
        var seen = await prometheus.FirstAsync("seen_total");
        Assert.Equal("42", seen["value"]![1]!.GetValue<string>());
        Assert.Equal("a \"quoted\"\nline \\ ünïcode", seen["metric"]!["text"]!.GetValue<string>());
        Assert.Equal("5", (await prometheus.FirstAsync("histogram_quantile(1, latency_seconds_bucket)"))["value"]![1]!.GetValue<string>());
    }
}
