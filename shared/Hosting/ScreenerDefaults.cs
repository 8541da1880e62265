using CryptoScreener.Hosting.Configuration;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Hosting.Logging;
using CryptoScreener.Hosting.Operations;
using CryptoScreener.Hosting.Status;
using CryptoScreener.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CryptoScreener.Hosting;

public static class ScreenerDefaults
{
    /// <summary>Everything the workers do the same way: settings, logs, metrics, health and shutdown. Call it first.</summary>
    public static TBuilder AddScreenerDefaults<TBuilder>(this TBuilder builder, string service)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Configuration.AddScreenerSources();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(WorkerIdentity.Of(service, builder.Configuration[$"{HostingOptions.Section}:{nameof(HostingOptions.Instance)}"]));

        builder.Services.AddHealth();
        builder.Services.AddLifecycle();
        builder.Services.AddStatus();
        builder.AddTelemetry();
        builder.AddScreenerLogging();
        builder.AddOperations(service);
        return builder;
    }
}
