using System.Diagnostics;
using CryptoScreener.Benchmarks.Report;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>Each route asked one at a time for how long it takes, then by many at once for how many it can.</summary>
internal static class RestLoad
{
    private const int WarmUps = 50;
    private const int Singles = 500;
    private const int Connections = 16;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    internal static Task WarmAsync(Uri api, string path) => ManyAsync(api, path);

    internal static async Task TimeAsync(Uri api, string path, BenchReport report, bool isScreener)
    {
        using var one = await KeepAliveClient.ConnectAsync(api, path);
        var took = await one.TimeAsync(WarmUps, Singles);
        var name = NameOf(path);
        report.Add(new Measured("one at a time, p50", name, Quantile.At(took, 0.5), "ms"));
        report.Add((isScreener ? Numbers.Screener : Numbers.Rest).Of(name, Quantile.At(took, 0.95)));
        report.Add(new Measured("one at a time, p99", name, Quantile.At(took, 0.99), "ms"));
    }

    internal static async Task RateAsync(Uri api, string path, BenchReport report, bool isSimple)
    {
        var (name, rate) = (NameOf(path), await ManyAsync(api, path));
        report.Add(isSimple ? Numbers.RestRate.Of(name, rate) : new Measured($"{Connections} at once, gateway on one core", name, rate, "/s", IsMoreBetter: true));
    }

    private static string NameOf(string path) => $"GET {path}";

    private static async Task<double> ManyAsync(Uri api, string path)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => KeepAliveClient.ConnectAsync(api, path)));
        var clock = Stopwatch.StartNew();
        var answered = await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed < Duration; count++) await client.AskAsync();
            return count;
        })));
        var perSecond = answered.Sum() / clock.Elapsed.TotalSeconds;
        foreach (var client in clients) client.Dispose();
        return perSecond;
    }
}
