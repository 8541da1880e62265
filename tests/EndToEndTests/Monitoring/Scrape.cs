using System.Globalization;
using CryptoScreener.LocalServers.Stack;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Monitoring;

/// <summary>What a worker serves at <c>/metrics</c>.</summary>
internal sealed class Scrape
{
    private static readonly HttpClient Http = new();
    private readonly string[] _lines;

    private Scrape(string text) => (Text, _lines) = (text, text.Split('\n'));

    public string Text { get; }

    public static async Task<Scrape> OfAsync(LocalProgram worker) =>
        new(await Http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{worker.HealthPort}/metrics")));

    /// <summary>What is wrong with a metric; null when nothing.</summary>
    public string? ComplaintAbout(NamedMetric metric)
    {
        if (!_lines.Contains($"# TYPE {metric.Name} {metric.Type}")) return $"{metric.Worker}: {metric.Name} is no {metric.Type}, or is not there";
        var values = ValuesOf(metric);
        if (values.Count == 0) return $"{metric.Worker}: {metric.Name} has no value";
        return metric.Moves && values.Max() <= 0 ? $"{metric.Worker}: {metric.Name} has not moved" : null;
    }

    /// <summary>Of each of its series; of histograms how many they counted.</summary>
    public IReadOnlyList<double> ValuesOf(NamedMetric metric)
    {
        var counted = metric.Type == "histogram" ? metric.Name + "_count" : metric.Name;
        return [.. _lines.Where(line => line.StartsWith(counted, StringComparison.Ordinal) && line[counted.Length] is ' ' or '{').Select(ValueOf)];
    }

    /// <summary>What promtool says; empty when it has no complaint.</summary>
    public async Task<string> ComplaintsAsync() => (await ExternalProgram.Promtool.RunAsync("check metrics", Text)).Output;

    private static double ValueOf(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);
}
