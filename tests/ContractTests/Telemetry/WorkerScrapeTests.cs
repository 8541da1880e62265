using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Operations;
using CryptoScreener.Hosting.Telemetry;
using CryptoScreener.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class WorkerScrapeTests
{
    [Theory]
    [InlineData("data-collector")]
    [InlineData("metrics-calculator")]
    [InlineData("alert-engine")]
    [InlineData("api-gateway")]
    public async Task A_workers_metrics_satisfy_promtool(string service)
    {
        await using var app = await StartAsync(service);
        using var client = new HttpClient { BaseAddress = app.Services.GetRequiredService<OperationsServer>().Address };

        var (exitCode, complaints) = await ExternalProgram.Promtool.RunAsync("check metrics", await client.GetStringAsync("/metrics"));

        Assert.Equal("", complaints);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Every_worker_reports_itself_its_loops_its_log_and_its_runtime()
    {
        await using var app = await StartAsync("alert-engine");
        app.Services.GetRequiredService<WorkerMetrics>().Error("scrape-probe");
        app.Services.GetRequiredService<HeartbeatRegistry>().Watch("scrape-probe", TimeSpan.FromSeconds(30));
        using var client = new HttpClient { BaseAddress = app.Services.GetRequiredService<OperationsServer>().Address };

        var scrape = Exposition.Parse(await client.GetStringAsync("/metrics"));

        Assert.Equal(
            ["gauge", "gauge", "gauge", "counter", "gauge", "counter"],
            new[]
            {
                "worker_active", "worker_heartbeat_timestamp_seconds", "worker_start_timestamp_seconds", "worker_errors_total",
                "log_queue_depth", "log_events_dropped_total",
            }.Select(name => scrape.Types[name]));
        // Meters are the process's: other tests' workers may be seen here too.
        Assert.Contains(scrape.Named("worker_errors_total"), sample => sample.Labels["type"] == "scrape-probe");
        Assert.Contains(scrape.Named("worker_heartbeat_timestamp_seconds"), sample => sample.Labels["loop"] == "scrape-probe");
        Assert.True(scrape["dotnet_process_memory_working_set_bytes"] > 0);
        var target = Assert.Single(scrape.Named("target_info")).Labels;
        Assert.Equal(("alert-engine", "crypto-screener"), (target["service_name"], target["service_namespace"]));
    }

    private static async Task<WebApplication> StartAsync(string service)
    {
        var builder = WebApplication.CreateSlimBuilder(["--Hosting:MetricsPort=0", "--Hosting:ApiPort=0", "--Hosting:BindAddress=127.0.0.1", "--Logging:LogLevel:Default=None"]);
        builder.AddScreenerDefaults(service);
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }
}
