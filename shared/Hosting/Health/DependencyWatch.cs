using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Health;

/// <summary>
/// Runs the checks that libraries register for their servers (tag <c>ready</c>) at an interval and reports them to the
/// gate, so that a probe never waits for a server and any number of probes cost nothing.
/// </summary>
internal sealed class DependencyWatch : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly HealthCheckService _checks;
    private readonly ReadinessGate _gate;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _wereThere = new(StringComparer.Ordinal);

    public DependencyWatch(HealthCheckService checks, IOptions<HealthCheckServiceOptions> registered, ReadinessGate gate, TimeProvider time)
    {
        (_checks, _gate, _time) = (checks, gate, time);
        gate.Expect([.. registered.Value.Registrations.Where(IsOfServer).Select(check => check.Name)]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            var report = await _checks.CheckHealthAsync(IsOfServer, stoppingToken);
            foreach (var (name, entry) in report.Entries) Report(name, entry.Status, entry.Description ?? "");
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static bool IsOfServer(HealthCheckRegistration check) => check.Tags.Contains("ready");

    // Taking a worker out of service for what it can do without would take all of them out at once: they share their servers.
    // One that never reached its server is not set up rightly, and must not replace one that did.
    private void Report(string name, HealthStatus status, string detail)
    {
        if (status == HealthStatus.Healthy) _wereThere.Add(name);
        if (status == HealthStatus.Degraded && _wereThere.Contains(name)) _gate.Degrade(name, detail);
        else _gate.Set(name, status == HealthStatus.Healthy, detail);
    }
}
