using CryptoScreener.Contracts.Status;
using CryptoScreener.Hosting.Health;

namespace CryptoScreener.Hosting.Status;

/// <summary>What the worker says of itself when asked: readiness with its reasons, and its measurements.</summary>
internal sealed class StatusReporter(WorkerIdentity worker, HealthReporter health, MeterReadings readings, TimeProvider time)
{
    public ServiceStatus Report()
    {
        var ready = health.Ready();
        return new ServiceStatus(
            worker.Service,
            worker.Instance,
            worker.Version,
            ready.IsGood,
            readings.Read(),
            ready.Checks.ToDictionary(check => check.Name, check => check.State == "ok" ? "ok" : check.Detail, StringComparer.Ordinal),
            time.GetUtcNow().ToUnixTimeMilliseconds());
    }
}
