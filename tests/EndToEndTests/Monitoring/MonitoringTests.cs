using System.Globalization;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests;

/// <summary>A real Prometheus with our rules watches the running screener: what the dashboards ask for is there.</summary>
public sealed class MonitoringTests : IAsyncLifetime
{
    // From programs that do not run here.
    private static readonly string[] Exporters =
        ["node_", "pg_", "redis_connected", "redis_memory", "gnatsd_", "alertmanager_", "prometheus_rule_", "screener:cpu", "screener:memory", "screener:disk"];

    private WebhookReceiver _receiver = null!;
    private RunningScreener _screener = null!;
    private AlertClient _client = null!;

    [Fact]
    public async Task Every_panel_of_every_dashboard_and_every_named_metric_shows_something_while_the_screener_runs()
    {
        using var prometheus = await RunningPrometheus.StartAsync(Configuration(_screener));
        await Eventually.TrueAsync(() => _receiver.Received.Count > 0, "an alert was delivered");
        await _screener.GetAsync("/api/v1/alerts");

        await EveryPanelAsync(prometheus);
        await EveryNamedMetricAsync();
    }

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        foreach (var mood in new[] { "abort", "busy" }) _receiver.Moods.Enqueue(mood);
        _screener = await RunningScreener.StartAsync(
            ["--instruments", "30", "--rate", "4", "--seed", "7"],
            new Dictionary<string, string> { ["Delivery__Webhook__Url"] = _receiver.Url, ["Delivery__Webhook__Secret"] = _receiver.Secret },
            test: nameof(MonitoringTests));
        _client = await AlertClient.ConnectAsync(_screener.Stack.Api);
        await _screener.SetSpeedAsync(20);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _screener.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private static async Task EveryPanelAsync(RunningPrometheus prometheus)
    {
        var panels = DashboardPanel.All().Where(panel => !panel.IsSql && !panel.IsQuiet)
            .Where(panel => !Exporters.Any(name => panel.Query.Contains(name, StringComparison.Ordinal))).ToList();
        var empty = panels.ToDictionary(panel => panel, _ => true);
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var panel in panels.Where(panel => empty[panel])) empty[panel] = (await prometheus.QueryAsync(panel.Query)).Count == 0;
                return !empty.ContainsValue(true);
            },
            () => "every panel shows something, but not " + string.Join("; ", panels.Where(panel => empty[panel]).Select(panel => $"{panel.Dashboard}, {panel.Title}: {panel.Query}")));
    }

    private async Task EveryNamedMetricAsync()
    {
        await _screener.OrderFaultAsync("""{"kind":"drop"}""");
        await _screener.AskForReplayAsync("price > 0");
        List<string> complaints = [];
        await Eventually.TrueAsync(async () => (complaints = await ComplaintsAsync()).Count == 0, () => string.Join(Environment.NewLine, complaints.Prepend("no metric is missing")));
        foreach (var worker in _screener.Stack.Workers) Assert.Equal("", await (await Scrape.OfAsync(worker)).ComplaintsAsync());
    }

    private async Task<List<string>> ComplaintsAsync()
    {
        var scrapes = new Dictionary<string, Scrape>(StringComparer.Ordinal);
        foreach (var worker in _screener.Stack.Workers) scrapes[worker.Name] = await Scrape.OfAsync(worker);
        return [.. NamedMetrics.All.Select(metric => scrapes[metric.Worker].ComplaintAbout(metric)).OfType<string>()];
    }

    private static string Configuration(RunningScreener screener)
    {
        var jobs = screener.Stack.Workers.Select(worker => string.Create(
            CultureInfo.InvariantCulture,
            $"  - {{job_name: {worker.Name}, static_configs: [{{targets: [\"127.0.0.1:{worker.HealthPort}\"]}}]}}"));
        return $"""
            global: {"{scrape_interval: 1s, evaluation_interval: 2s}"}
            rule_files: ["{Repository.PathOf("deploy", "prometheus", "rules")}/*.yml"]
            scrape_configs:
            {string.Join('\n', jobs)}
            """;
    }
}
