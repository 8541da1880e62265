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
            endpoints.MapGet(path, (RequestDelegate)(context => AnswerAsync(context, report()))).DisableHttpMetrics();
    }

    private static Task AnswerAsync(HttpContext context, HealthReport report)
    {
        context.Response.StatusCode = report.IsGood ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(report, HealthJson.Default.HealthReport);
    }
}
