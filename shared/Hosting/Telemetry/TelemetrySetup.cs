using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CryptoScreener.Hosting.Telemetry;

internal static class TelemetrySetup
{
    private static readonly string[] Meters =
        ["CryptoScreener.*", "System.Runtime", "System.Net.Http", "Microsoft.AspNetCore.*", "Npgsql", "NATS.Net"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScreenerOptions<TelemetryOptions, TelemetryOptionsValidator>(TelemetryOptions.Section);
        builder.Services.AddSingleton<WorkerMetrics>();
        builder.Services.AddSingleton<StageLatency>();
        builder.Services.AddSingleton<MarketTrace>();
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddMeter(Meters)
                .RenameCountGauges()
                // Addresses of receivers are users' own, and as many as there are endpoints.
                .AddView("http.client.*", new MetricStreamConfiguration { TagKeys = ["http.request.method", "http.response.status_code", "http.connection.state", "error.type"] })
                .SetExemplarFilter(ExemplarFilterType.TraceBased)
                // Instrument names are unique across our meters, so the scope would only lengthen every series.
                .AddPrometheusExporter(exporter => exporter.ScopeInfoEnabled = false))
            .WithTracing(traces =>
            {
                traces.AddSource("CryptoScreener.*");
                var endpoint = builder.Configuration[$"{TelemetryOptions.Section}:{nameof(TelemetryOptions.OtlpEndpoint)}"];
                if (Uri.TryCreate(endpoint, UriKind.Absolute, out var collector)) traces.AddOtlpExporter(otlp => otlp.Endpoint = collector);
            });

        builder.Services.ConfigureOpenTelemetryMeterProvider((services, metrics) => metrics.ConfigureResource(services.Describe));
        builder.Services.ConfigureOpenTelemetryTracerProvider((services, traces) => traces
            .ConfigureResource(services.Describe)
            .SetSampler(new AlwaysOnSampler()));
    }

    private static void Describe(this IServiceProvider services, ResourceBuilder resource)
    {
        var worker = services.GetRequiredService<WorkerIdentity>();
        resource.AddService(
            worker.Service, "crypto-screener", worker.Version, autoGenerateServiceInstanceId: false, worker.Instance);
    }

    // Prometheus keeps the suffix _count for histograms, and promtool refuses it on gauges.
    private static MeterProviderBuilder RenameCountGauges(this MeterProviderBuilder metrics) => metrics
        .AddView("dotnet.assembly.count", "dotnet.assemblies")
        .AddView("dotnet.process.cpu.count", "dotnet.process.cpus")
        .AddView("dotnet.timer.count", "dotnet.timers")
        .AddView("db.client.connection.count", "db.client.connections");
}
