using CryptoScreener.Hosting.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OpenTelemetry.Metrics;

namespace CryptoScreener.Hosting.Operations;

internal static class OperationsEndpoints
{
    // Probes and scrapes are not the users' requests: they stay out of the HTTP metrics.
    public static void MapOperations(this IEndpointRouteBuilder endpoints, HealthReporter health, MeterProvider meters)
    {
        Probe("/health/live", health.Live);
        Probe("/health/ready", health.Ready);
        Probe("/health/startup", health.Startup);
        endpoints.MapPrometheusScrapingEndpoint("/metrics", meters, configureBranchedPipeline: null, optionsName: null).DisableHttpMetrics();

        void Probe(string path, Func<HealthReport> report) =>
            endpoints.MapGet(path, (RequestDelegate)(context => HealthAnswer.WriteAsync(context, report()))).DisableHttpMetrics();
    }
}
