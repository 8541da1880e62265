using System.Globalization;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Testing;

/// <summary>What a worker tells Prometheus, at one moment.</summary>
public sealed class ScrapedWorker
{
    private static readonly HttpClient Http = new();
    private readonly string[] _lines;

    private ScrapedWorker(string[] lines) => _lines = lines;

    public static async Task<ScrapedWorker> ReadAsync(LocalProgram worker) =>
        new((await Http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{worker.HealthPort}/metrics"))).Split('\n'));

    /// <summary>Over all labels of a metric, or those of one that is named with its labels; 0 when there is none.</summary>
    public double Sum(string metric) => _lines.Where(line => IsOf(metric, line)).Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    private static bool IsOf(string metric, string line) =>
        line.Length > metric.Length && line.StartsWith(metric, StringComparison.Ordinal) && line[metric.Length] is ' ' or '{';
}
