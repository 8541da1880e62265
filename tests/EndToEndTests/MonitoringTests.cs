using System.Globalization;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests;

/// <summary>A real Prometheus with our rules watches the running screener: what the dashboards ask for is there.</summary>
public sealed class MonitoringTests
{
    // From programs that do not run here.
    private static readonly string[] Exporters =
        ["node_", "pg_", "redis_connected", "redis_memory", "gnatsd_", "alertmanager_", "prometheus_rule_", "screener:cpu", "screener:memory", "screener:disk"];

    [Fact]
    public async Task Every_panel_of_every_dashboard_shows_something_while_the_screener_runs()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var screener = await RunningScreener.StartAsync(
            ["--instruments", "30", "--rate", "4", "--seed", "7"],
            new Dictionary<string, string> { ["Delivery__Webhook__Url"] = receiver.Url, ["Delivery__Webhook__Secret"] = receiver.Secret });
        await screener.SetSpeedAsync(20);
        using var prometheus = await RunningPrometheus.StartAsync(Configuration(screener));
        await Eventually.TrueAsync(() => receiver.Received.Count > 0, "an alert was delivered");
        await screener.GetAsync("/api/v1/alerts");
        await using var client = await AlertClient.ConnectAsync(screener.Stack.Api);

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
