using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CryptoScreener.Messaging.Connection;

/// <summary>What readiness says about the bus. Asks nothing: the connection knows.</summary>
internal sealed class BusHealth(Bus bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        bus.IsUp ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not connected; reconnecting until it is back. Is nats-server running?"));
}
