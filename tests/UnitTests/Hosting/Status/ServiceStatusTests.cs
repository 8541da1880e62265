using CryptoScreener.Contracts.Status;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.Hosting.Status;

public sealed class ServiceStatusTests
{
    [Fact]
    public async Task A_worker_says_who_it_is_whether_it_is_ready_and_why_not()
    {
        await using var app = TestWorker.Builder("--Hosting:Instance=blue-1").Build();
        var gate = app.Services.GetRequiredService<ReadinessGate>();
        app.Services.GetRequiredService<WorkerMetrics>().Error("publish");
        gate.Set("nats", ok: true, "connected");
        gate.Set("postgresql", ok: false, "connection refused");

        var status = app.Services.GetRequiredService<Func<ServiceStatus>>()();

        Assert.Equal(("metrics-calculator", "blue-1", false), (status.Service, status.Instance, status.Ready));
        Assert.Equal("ok", status.Checks["nats"]);
        Assert.Equal("connection refused", status.Checks["postgresql"]);
        Assert.Contains("worker_active", status.Values.Keys);
    }
}
