using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.EndToEndTests.Monitoring;

/// <summary>
/// What prometheus-nats-exporter makes of a server's <c>/varz</c>: every number a gauge named <c>gnatsd_varz_…</c>. Debian has no
/// package of it.
/// </summary>
internal sealed class NatsExposition : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly WebApplication _app;

    private NatsExposition(WebApplication app) => _app = app;

    public string Address => new Uri(_app.Urls.Single()).Authority;

    public static async Task<NatsExposition> StartAsync(int monitoringPort)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var exposition = new NatsExposition(builder.Build());
        exposition._app.MapGet("/metrics", () => exposition.TextAsync(monitoringPort));
        await exposition._app.StartAsync();
        return exposition;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task<string> TextAsync(int monitoringPort)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{monitoringPort}/varz");
        var text = new StringBuilder();
        foreach (var field in (await _http.GetFromJsonAsync<JsonElement>(address)).EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Number))
            text.Append(CultureInfo.InvariantCulture, $"# TYPE gnatsd_varz_{field.Name} gauge\ngnatsd_varz_{field.Name} {field.Value}\n");
        return text.ToString();
    }
}
