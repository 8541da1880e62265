using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Hosting.Health;

/// <summary>
/// Runs the checks that libraries register for their servers (tag <c>ready</c>) at an interval and reports them to the
/// gate, so that a probe never waits for a server and any number of probes cost nothing.
/// </summary>
internal sealed class DependencyWatch(HealthCheckService checks, ReadinessGate gate, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            do
            {
                var report = await checks.CheckHealthAsync(check => check.Tags.Contains("ready"), stoppingToken);
                foreach (var (name, entry) in report.Entries) Report(name, entry.Status, entry.Description ?? "");
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }

    // Taking a worker out of service for what it can do without would take all of them out at once: they share their servers.
    private void Report(string name, HealthStatus status, string detail)
    {
        if (status == HealthStatus.Degraded) gate.Degrade(name, detail);
        else gate.Set(name, status == HealthStatus.Healthy, detail);
    }
}
