using System.Globalization;
using CryptoScreener.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CryptoScreener.Hosting.Lifecycle;

/// <summary>
/// <c>--probe=live</c> (or <c>ready</c>, <c>startup</c>): instead of running, asks the worker that runs beside it with the same
/// settings. For container engines: our images hold neither a shell nor curl.
/// </summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static string? Wanted(IServiceProvider services) => services.GetRequiredService<IConfiguration>()["probe"];

    public static async Task<bool> AskAsync(IServiceProvider services, string probe, TextWriter complaints)
    {
        var options = services.ValidOrDefault<HostingOptions>();
        var host = options.BindAddress == "*" ? "127.0.0.1" : options.BindAddress;
        var address = string.Create(CultureInfo.InvariantCulture, $"http://{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{options.MetricsPort}/health/{probe}");
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            if (answer.IsSuccessStatusCode) return true;
            await complaints.WriteLineAsync($"{address} says {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            await complaints.WriteLineAsync($"{address} does not answer: {e.Message}");
        }

        return false;
    }
}
