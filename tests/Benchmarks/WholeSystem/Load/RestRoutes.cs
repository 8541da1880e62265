using System.Globalization;
using System.Text.Json;
using CryptoScreener.Benchmarks.Gateway;
using CryptoScreener.Benchmarks.Report;
using CryptoScreener.Testing;

namespace CryptoScreener.Benchmarks.WholeSystem.Load;

/// <summary>Every GET of docs/openapi.json that can be asked without knowing an id, one at a time, while everything else goes on.</summary>
internal static class RestRoutes
{
    private const int Times = 60;

    // They answer with the whole market, tens of megabytes with all metrics: from here on their time is that of their numbers, and no promise bounds it.
    private const int ManyBytes = 512 * 1024;
    private static readonly HashSet<string> OfWholeMarket = ["/api/v1/metrics", "/api/metrics", "/api/v1/instruments", "/api/tickers"];

    /// <returns>The slowest of those with a promise and its 95th percentile, for a table.</returns>
    internal static async Task<string> MeasureAsync(Uri api, string key, string of, BenchReport report)
    {
        var (slowest, most) = ("none", 0.0);
        foreach (var path in Paths())
        {
            if (await P95Async(api, path, key) is not { } answer) continue;
            var (p95, bytes) = answer;
            if (bytes > ManyBytes && OfWholeMarket.Contains(path))
            {
                report.Add(new Measured("an answer of the whole market, p95", string.Create(CultureInfo.InvariantCulture, $"GET {path}, {of}, {bytes / 1e6:0.0} MB, under load"), p95, "ms"));
                continue;
            }

            report.Add(Numbers.Rest.Of($"GET {path}, {of}, under load", p95));
            if (p95 > most) (slowest, most) = (path, p95);
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

    /// <returns>Null where it wants to be asked differently.</returns>
    private static async Task<(double P95, int Bytes)?> P95Async(Uri api, string path, string key)
    {
        try
        {
            using var client = await KeepAliveClient.ConnectAsync(api, path, key);
            return (Quantile.At(await client.TimeAsync(Times / 4, Times), 0.95), await client.AskAsync());
        }
        catch (IOException refused)
        {
            Console.WriteLine($"GET {path}: {refused.Message.Split('\n')[0].Trim()}");
            return null;
        }
    }
}
