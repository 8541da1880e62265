using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace CryptoScreener.Hosting.Telemetry;

internal static class TelemetrySetup
{
    private static readonly string[] Meters =
        ["CryptoScreener.*", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.*", "Npgsql", "NATS.Net"];

    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<WorkerMetrics>();
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(Meters)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            // Instrument names are unique across our meters, so the scope would only lengthen every series.
            .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false));

        services.ConfigureOpenTelemetryMeterProvider((provider, metrics) =>
        {
            var worker = provider.GetRequiredService<WorkerIdentity>();
            metrics.ConfigureResource(resource => resource.AddService(
                worker.Service, "crypto-screener", worker.Version, autoGenerateServiceInstanceId: false, worker.Instance));
        });
    }
}
