using System.Globalization;
using CryptoScreener.LocalServers.Stack;

namespace CryptoScreener.Benchmarks.WholeSystem;

/// <summary>A worker's own counters, as Prometheus would read them.</summary>
internal static class Counters
{
    private static readonly HttpClient Http = new();

    /// <summary>The sum over all labels.</summary>
    public static async Task<double> ReadAsync(LocalProgram worker, string counter)
    {
        var text = await Http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{worker.HealthPort}/metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith(counter + " ", StringComparison.Ordinal) || line.StartsWith(counter + "{", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf('}') < 0 ? counter.Length : line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
