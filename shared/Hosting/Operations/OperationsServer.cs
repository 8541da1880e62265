using CryptoScreener.Hosting.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace CryptoScreener.Hosting.Operations;

/// <summary>
/// Metrics and health on a server of their own: up before any service starts and down after the last has stopped, so that a
/// worker can be watched while it starts and while it drains.
/// </summary>
internal sealed class OperationsServer(
    IOptions<HostingOptions> options,
    HealthReporter health,
    IServiceProvider services,
    ILoggerFactory logs,
    ILogger<OperationsServer> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private WebApplication? _app;

    public Uri Address => new(_app?.Urls.First() ?? throw new InvalidOperationException("The operations server has not started."));

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs).AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.ListenOn(options.Value.BindAddress, options.Value.MetricsPort));

        _app = builder.Build();
        _app.MapOperations(health, services.GetRequiredService<MeterProvider>());
        foreach (var route in services.GetServices<OperationsRoute>()) _app.MapGet(route.Path, route.Answer).DisableHttpMetrics();
        await _app.StartAsync(cancellationToken);
        Log.Listening(logger, Address);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_app is not null) await _app.StopAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
