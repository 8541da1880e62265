using System.Globalization;

namespace CryptoScreener.Hosting.Health;

/// <summary>The three probes' answers. Startup and liveness look at this process only, readiness at what it needs.</summary>
internal sealed class HealthReporter(WorkerIdentity worker, HeartbeatRegistry hearts, ReadinessGate gate, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private volatile bool _started;

    public void MarkStarted() => _started = true;

    public HealthReport Live()
    {
        var checks = hearts.Loops.Select(Report).ToList();
        var alive = checks.TrueForAll(check => check.State == "ok");
        return Make(alive, alive ? "live" : "stuck", checks);
    }

    public HealthReport Ready()
    {
        var checks = gate.Checks.Select(Report).ToList();
        if (!_started) checks.Insert(0, new("startup", "failing", _startedAt, "the worker is still starting"));
        if (gate.Closed is { } closing) checks.Insert(0, new("drain", "failing", closing.Since, closing.Reason));
        var ready = checks.TrueForAll(check => check.State != "failing");
        var whole = checks.TrueForAll(check => check.State == "ok");
        return Make(ready, whole ? "ready" : ready ? "degraded" : "not_ready", checks);
    }

    public HealthReport Startup() => Make(_started, _started ? "started" : "starting", [.. gate.Checks.Select(Report)]);

    private HealthReport Make(bool good, string status, IReadOnlyList<HealthCheckReport> checks) =>
        new(status, worker.Service, worker.Instance, worker.Version, worker.UpstreamPackages, _startedAt, checks) { IsGood = good };

    private static HealthCheckReport Report(ReadinessCheck check) => new(check.Name, !check.Ok ? "failing" : check.IsDegraded ? "degraded" : "ok", check.Since, check.Detail);

    private HealthCheckReport Report(Heartbeat heart)
    {
        var silence = heart.Silence;
        return new(
            heart.Loop,
            silence > heart.Limit ? "stuck" : "ok",
            time.GetUtcNow() - silence,
            string.Create(CultureInfo.InvariantCulture, $"silent for {silence.TotalSeconds:0.0} s of {heart.Limit.TotalSeconds:0.0} s allowed"));
    }
}
