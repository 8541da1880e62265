using CryptoScreener.Hosting;
using CryptoScreener.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.UnitTests.Hosting.Lifecycle;

/// <summary>What container engines call in images that have no shell.</summary>
public sealed class HealthProbeTests
{
    [Fact]
    public async Task It_tells_by_its_exit_code_what_the_running_worker_answers()
    {
        await using var worker = TestWorker.Builder().Build();
        await worker.StartAsync();
        var port = worker.Operations().BaseAddress!.Port;
        var gate = worker.Services.GetRequiredService<ReadinessGate>();

        Assert.Equal((0, ""), await ProbeAsync(port, "ready"));

        gate.Set("nats", ok: false, "away for the test");
        var (exitCode, said) = await ProbeAsync(port, "ready");
        Assert.Equal(1, exitCode);
        Assert.Contains("away for the test", said, StringComparison.Ordinal);
        Assert.Equal((0, ""), await ProbeAsync(port, "live"));

        await worker.StopAsync();
        (exitCode, said) = await ProbeAsync(port, "live");
        Assert.Equal(1, exitCode);
        Assert.Contains("does not answer", said, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Said)> ProbeAsync(int port, string probe)
    {
        using var said = new StringWriter();
        var exitCode = await TestWorker.Builder($"--Hosting:MetricsPort={port}", $"--probe={probe}").Build().RunScreenerAsync(said);
        return (exitCode, said.ToString());
    }
}
