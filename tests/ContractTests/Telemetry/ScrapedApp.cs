using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>An application that exports one meter through the exporter's public API only, so that either build can run it.</summary>
internal sealed class ScrapedApp : IAsyncDisposable
{
    public const string Text = "text/plain;version=0.0.4";
    public const string OpenMetrics = "application/openmetrics-text;version=1.0.0";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private ScrapedApp(WebApplication app, Meter meter)
    {
        (_app, Meter) = (app, meter);
        _client = new HttpClient { BaseAddress = Address };
    }

    public Meter Meter { get; }

    public Uri Address => new(_app.Urls.First());

    public static async Task<ScrapedApp> StartAsync(Action<PrometheusAspNetCoreOptions>? configure = null)
    {
        var meter = new Meter($"contract.{Guid.NewGuid():N}", "1.2.3");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(meter.Name)
            .SetExemplarFilter(ExemplarFilterType.TraceBased)
            .AddPrometheusExporter(options =>
            {
                options.ScopeInfoEnabled = false;
                options.TargetInfoEnabled = false;
                configure?.Invoke(options);
            }));
        var app = builder.Build();
        app.MapPrometheusScrapingEndpoint();
        await app.StartAsync();
        return new(app, meter);
    }

    public async Task<HttpResponseMessage> AskAsync(string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        return await _client.SendAsync(request);
    }

    public async Task<Exposition> ScrapeAsync(string accept = Text)
    {
        using var answer = await AskAsync(accept);
        answer.EnsureSuccessStatusCode();
        return Exposition.Parse(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Meter.Dispose();
    }
}
