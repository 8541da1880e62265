using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CryptoScreener.Testing;

/// <summary>A real Prometheus on a free port, with a folder of its own.</summary>
public sealed partial class RunningPrometheus : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("screener-prometheus-").FullName;
    private readonly HttpClient _client = new();
    private Process? _server;

    private RunningPrometheus()
    {
    }

    /// <param name="port">0 for any; given by who has it watch itself.</param>
    public static async Task<RunningPrometheus> StartAsync(string configuration, int port = 0)
    {
        var prometheus = new RunningPrometheus();
        try
        {
            await prometheus.LaunchAsync(configuration, port);
            return prometheus;
        }
        catch
        {
            prometheus.Dispose();
            throw;
        }
    }

    /// <summary>Without a slash at its end.</summary>
    public string Address => _client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>The series an expression gives now; fails with the server's words when it is not an expression.</summary>
    public async Task<JsonArray> QueryAsync(string expression)
    {
        using var answer = await _client.PostAsync("/api/v1/query", new FormUrlEncodedContent([new("query", expression)]));
        var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
        return answer.IsSuccessStatusCode
            ? body["data"]!["result"]!.AsArray()
            : throw new InvalidOperationException($"{expression}: {body["error"]}");
    }

    /// <summary>Every rule it evaluates.</summary>
    public async Task<IReadOnlyList<PrometheusRule>> RulesAsync()
    {
        var body = (await _client.GetFromJsonAsync<JsonNode>("/api/v1/rules"))!;
        return
        [
            .. from @group in body["data"]!["groups"]!.AsArray()
               from rule in @group!["rules"]!.AsArray()
               select new PrometheusRule(
                   rule["name"]!.GetValue<string>(), rule["query"]!.GetValue<string>(), rule["health"]!.GetValue<string>(), rule["lastError"]?.GetValue<string>() ?? ""),
        ];
    }

    /// <summary>Waits until an expression gives something, and returns its first series.</summary>
    public async Task<JsonNode> FirstAsync(string expression)
    {
        JsonArray result = [];
        await Eventually.TrueAsync(async () => (result = await QueryAsync(expression)).Count > 0, $"Prometheus answers {expression}");
        return result[0]!;
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.WaitForExit();
        _server?.Dispose();
        _client.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task LaunchAsync(string configuration, int port)
    {
        var file = Path.Combine(_directory, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration);
        _server = ExternalProgram.Prometheus.Start(
            string.Create(CultureInfo.InvariantCulture, $"--config.file={file} --storage.tsdb.path={_directory}/data --web.listen-address=127.0.0.1:{port}"));

        // It logs to stderr, among other things the port it got.
        while (await _server.StandardError.ReadLineAsync() is { } line)
        {
            if (!ListeningOn().Match(line).Groups["address"].Success) continue;
            _ = _server.StandardError.ReadToEndAsync();
            _client.BaseAddress = new($"http://{ListeningOn().Match(line).Groups["address"].Value}");
            await Eventually.TrueAsync(async () => (await _client.GetAsync("/-/ready")).IsSuccessStatusCode, "Prometheus is ready");
            return;
        }

        throw new InvalidOperationException($"prometheus ended with {_server.ExitCode} before it listened.");
    }

    [GeneratedRegex("\"Listening on\" address=(?<address>\\S+)")]
    private static partial Regex ListeningOn();
}
