using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>
/// Every GET of docs/openapi.json that can be asked without knowing an id, one at a time, while everything else goes on. They take turns over two
/// whole minutes and their ends: asked one route after the other, whichever was asked when the minute ended would have been the slowest.
/// </summary>
internal static class RestRoutes
{
    // As many ends of minutes for each run, wherever in a minute it begins.
    private static readonly TimeSpan TwoMinutes = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    // They answer with the whole market, tens of megabytes with all metrics: from here on their time is that of their numbers, and no promise bounds it.
    private const int ManyBytes = 512 * 1024;
    private static readonly HashSet<string> OfWholeMarket = ["/api/v1/metrics", "/api/metrics", "/api/v1/instruments", "/api/tickers"];

    /// <returns>The slowest of those with a promise and its 95th percentile, for a table.</returns>
    internal static async Task<string> MeasureAsync(Uri api, string key, string of, BenchReport report)
    {
        var routes = new List<AskedRoute>();
        try
        {
            foreach (var path in Paths())
            {
                if (await AskedRoute.FindAsync(api, path, key) is { } route) routes.Add(route);
            }

            await TakeTurnsAsync(routes); // a route that fails under load ends the run
            return Slowest(routes, of, report);
        }
        finally
        {
            routes.ForEach(route => route.Dispose());
        }
    }

    private static string Slowest(List<AskedRoute> routes, string of, BenchReport report)
    {
        var (slowest, most) = ("none", 0.0);
        foreach (var route in routes)
        {
            var p95 = route.P95;
            if (route.Bytes > ManyBytes && OfWholeMarket.Contains(route.Path))
            {
                report.Add(new Measured("an answer of the whole market, p95", string.Create(CultureInfo.InvariantCulture, $"GET {route.Path}, {of}, {route.Bytes / 1e6:0.0} MB, under load"), p95, "ms"));
                continue;
            }

            report.Add(Numbers.Rest.Of($"GET {route.Path}, {of}, under load", p95));
            if (p95 > most) (slowest, most) = (route.Path, p95);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{most:0.0} ({slowest})");
    }

    private static List<string> Paths()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "openapi.json")));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out _) && !path.Name.EndsWith("/stream", StringComparison.Ordinal))
            .Select(path => path.Name.Replace("{exchange}", "binance-futures", StringComparison.Ordinal).Replace("{symbol}", "BTCUSDT", StringComparison.Ordinal))
            .Where(path => !path.Contains('{', StringComparison.Ordinal))];
    }

    private static async Task TakeTurnsAsync(List<AskedRoute> routes)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TwoMinutes;)
        {
            var next = Task.Delay(Turn, TimeProvider.System, CancellationToken.None);
            foreach (var route in routes) await route.AskAsync();
            await next;
        }
    }
}
