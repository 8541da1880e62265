using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>A real Alertmanager with one configuration, on a free port.</summary>
internal sealed class RunningAlertmanager : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alertmanager-").FullName;
    private readonly HttpClient _http = new();
    private readonly Process _process;

    private RunningAlertmanager(string configuration)
    {
        var port = FreePort();
        _http.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api/v2/"));
        _process = new ExternalProgram("prometheus-alertmanager", "prometheus-alertmanager").Start(string.Create(
            CultureInfo.InvariantCulture, $"--config.file={configuration} --storage.path={_folder} --web.listen-address=127.0.0.1:{port} --cluster.listen-address="));
        // It logs to pipes that somebody has to empty.
        _ = _process.StandardOutput.ReadToEndAsync();
        _ = _process.StandardError.ReadToEndAsync();
    }

    public static async Task<RunningAlertmanager> StartAsync(string configuration)
    {
        var alertmanager = new RunningAlertmanager(configuration);
        await Eventually.TrueAsync(alertmanager.AnswersAsync, "Alertmanager answers");
        return alertmanager;
    }

    /// <param name="alerts">Their labels, as <c>alertname=A job=b</c>.</param>
    public async Task FireAsync(params IEnumerable<string> alerts)
    {
        var body = alerts.Select(alert => new { labels = alert.Split(' ').Select(label => label.Split('=')).ToDictionary(label => label[0], label => label[1]) });
        using var answer = await _http.PostAsJsonAsync("alerts", body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Whether another one silences it, asked now.</summary>
    public async Task<bool> IsInhibitedAsync(string alert)
    {
        var filter = string.Join('&', alert.Split(' ').Select(label => $"filter={Uri.EscapeDataString(label.Replace("=", "=\"", StringComparison.Ordinal) + "\"")}"));
        var found = (await _http.GetFromJsonAsync<JsonArray>($"alerts?{filter}"))!;
        return Assert.Single(found)!["status"]!["inhibitedBy"]!.AsArray().Count > 0;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process.HasExited, "Alertmanager ended before it answered");
        try
        {
            using var answer = await _http.GetAsync("status");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
