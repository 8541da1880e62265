using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>The last word on the format has the server that reads it.</summary>
public sealed partial class PrometheusTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("screener-prometheus-").FullName;
    private Process? _server;

    [Fact]
    public async Task A_real_prometheus_reads_counters_histograms_and_labels_as_they_were_recorded()
    {
        await using var app = await ScrapedApp.StartAsync();
        app.Meter.CreateCounter<long>("seen").Add(42, new KeyValuePair<string, object?>("text", "a \"quoted\"\nline \\ ünïcode"));
        app.Meter.CreateHistogram<double>("latency", "s").Record(3);
        using var client = new HttpClient { BaseAddress = await StartAsync(app.Address) };

        Assert.Equal("1", (await WaitForAsync(client, "up == 1"))["value"]![1]!.GetValue<string>());
        var seen = await WaitForAsync(client, "seen_total");
        Assert.Equal("42", seen["value"]![1]!.GetValue<string>());
        Assert.Equal("a \"quoted\"\nline \\ ünïcode", seen["metric"]!["text"]!.GetValue<string>());
        Assert.Equal("5", (await WaitForAsync(client, "histogram_quantile(1, latency_seconds_bucket)"))["value"]![1]!.GetValue<string>());
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<Uri> StartAsync(Uri target)
    {
        var configuration = Path.Combine(_directory, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: {scrape_interval: 1s}
            scrape_configs:
              - job_name: contract
                static_configs: [{targets: ["{{target.Authority}}"]}]
            """);
        _server = ExternalProgram.Prometheus.Start(
            $"--config.file={configuration} --storage.tsdb.path={_directory}/data --web.listen-address=127.0.0.1:0");

        // It logs to stderr, among other things the port it got.
        while (await _server.StandardError.ReadLineAsync() is { } line)
        {
            if (!ListeningOn().Match(line).Groups["address"].Success) continue;
            _ = _server.StandardError.ReadToEndAsync();
            return new($"http://{ListeningOn().Match(line).Groups["address"].Value}");
        }

        throw new InvalidOperationException($"prometheus ended with {_server.ExitCode} before it listened.");
    }

    private static async Task<JsonNode> WaitForAsync(HttpClient client, string query)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < TimeSpan.FromSeconds(60))
        {
            using var answer = await client.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
            if (answer.IsSuccessStatusCode
                && (await answer.Content.ReadFromJsonAsync<JsonNode>())!["data"]!["result"]!.AsArray() is { Count: > 0 } result) return result[0]!;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        throw new InvalidOperationException($"Prometheus has no answer to {query} after a minute.");
    }

    [GeneratedRegex("\"Listening on\" address=(?<address>\\S+)")]
    private static partial Regex ListeningOn();
}
