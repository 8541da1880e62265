using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Hosting.Lifecycle;

/// <summary>
/// The order of an end: not ready first, then the delay in which load balancers notice, then the services in reverse order of
/// their registration, the operations server last.
/// </summary>
internal sealed class Drain(
    ReadinessGate gate,
    HealthReporter health,
    WorkerMetrics metrics,
    IHostApplicationLifetime lifetime,
    IOptions<HostingOptions> options,
    TimeProvider time,
    ILogger<Drain> logger) : IHostedLifecycleService
{
    private CancellationTokenRegistration _onStopping;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        // Before anything else learns of the signal.
        _onStopping = lifetime.ApplicationStopping.Register(Close);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        health.MarkStarted();
        metrics.Active = true;
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Close();
        await Task.Delay(options.Value.DrainDelay, time, cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        _onStopping.Dispose();
        Log.Stopped(logger);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Close()
    {
        if (gate.Closed is not null) return;
        gate.Close("the worker is shutting down");
        metrics.Active = false;
        Log.Draining(logger);
    }
}
