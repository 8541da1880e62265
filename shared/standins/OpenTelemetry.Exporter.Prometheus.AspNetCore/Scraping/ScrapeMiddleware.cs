using System.Globalization;
using Microsoft.AspNetCore.Http;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Scraping;

internal sealed class ScrapeMiddleware
{
    private readonly PrometheusExporter _exporter;

    public ScrapeMiddleware(RequestDelegate next, MeterProvider meterProvider)
    {
        ArgumentNullException.ThrowIfNull(next);
        _exporter = ExporterDirectory.TryFind(meterProvider, out var exporter)
            ? exporter
            : throw new ArgumentException("The meter provider has no Prometheus exporter; call AddPrometheusExporter on its builder.");
    }

    public async Task InvokeAsync(HttpContext context)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (Timeout(context.Request) is { } timeout) limit.CancelAfter(timeout);

        try
        {
            var format = ExpositionFormat.Negotiate(context.Request.Headers.Accept);
            var response = context.Response;
            response.ContentType = format.ContentType;
            if (!await _exporter.ScrapeAsync(format, response.BodyWriter, limit.Token))
                response.StatusCode = StatusCodes.Status500InternalServerError;
            await response.BodyWriter.FlushAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status408RequestTimeout;
        }
    }

    private static TimeSpan? Timeout(HttpRequest request) =>
        double.TryParse(
            request.Headers["X-Prometheus-Scrape-Timeout-Seconds"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 0.001 and <= int.MaxValue / 1000
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
