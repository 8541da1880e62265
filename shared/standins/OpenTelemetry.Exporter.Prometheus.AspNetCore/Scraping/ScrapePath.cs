using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace OpenTelemetry.Exporter.Prometheus.Scraping;

internal static class ScrapePath
{
    public static PathString Of(string? path, IServiceProvider services, string? optionsName)
    {
        path ??= services.GetRequiredService<IOptionsMonitor<PrometheusAspNetCoreOptions>>()
            .Get(optionsName ?? Options.DefaultName).ScrapeEndpointPath ?? PrometheusAspNetCoreOptions.DefaultPath;
        return new(path.StartsWith('/') ? path : $"/{path}");
    }
}
