using System.Globalization;
using CryptoScreener.LocalServers;
using CryptoScreener.Testing;

namespace CryptoScreener.EndToEndTests.Monitoring;

/// <summary>A real Prometheus with our rules watches the running screener: what the dashboards ask for is there.</summary>
public sealed class MonitoringTests : IAsyncLifetime
{
    // What rules read and a healthy screener on one machine does not have: certificates, backups, a cluster, a whole history.
    private static readonly string[] Quiet =
    [
        "tls_certificate_expiry_timestamp_seconds",
        "backup_last_success_timestamp_seconds", "kube_pod_container_status_restarts_total{namespace=\"crypto-screener\"}", "kube_cronjob_created{cronjob=\"backup\",namespace=\"crypto-screener\"}",
        "kube_cronjob_status_last_successful_time{cronjob=\"backup\",namespace=\"crypto-screener\"}",
        "kube_statefulset_status_replicas_ready{namespace=\"crypto-screener\",statefulset=\"nats\"}", "kube_statefulset_replicas{namespace=\"crypto-screener\",statefulset=\"nats\"}",
        "kube_statefulset_status_replicas_ready{namespace=\"crypto-screener\"}", "kube_statefulset_replicas{namespace=\"crypto-screener\"}",
        "kube_deployment_spec_replicas{namespace=\"crypto-screener\"}", "kube_deployment_status_replicas_available{namespace=\"crypto-screener\"}",
        "kube_job_failed{condition=\"true\",namespace=\"crypto-screener\"}", "kube_job_created{namespace=\"crypto-screener\"}",
        "slo:sli_error:ratio_rate30d",
    ];

    private readonly int _natsMonitoring = FreePort.Next();
    private WebhookReceiver _receiver = null!;
    private RunningScreener _screener = null!;
    private AlertClient _client = null!;

    [Fact]
    public async Task Every_panel_every_rule_and_every_named_metric_sees_something_while_the_screener_runs()
    {
        await using var monitors = await Monitors.StartAsync(_screener.Stack, _natsMonitoring);
        await Eventually.TrueAsync(() => _receiver.Received.Count > 0, "an alert was delivered");
        await _screener.GetAsync("/api/v1/alerts");

        await EveryPanelAsync(monitors.Prometheus);
        await EveryNamedMetricAsync();
        await EveryRuleAsync(monitors.Prometheus); // after the replay of which some tell
        await EveryTroubleAsync();
    }

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync();
        foreach (var mood in new[] { "abort", "busy" }) _receiver.Moods.Enqueue(mood);
        _screener = await RunningScreener.StartAsync(
            ["--instruments", "30", "--rate", "4", "--seed", "7"],
            new Dictionary<string, string> { ["Delivery__Webhook__Url"] = _receiver.Url, ["Delivery__Webhook__Secret"] = _receiver.Secret },
            adapt: options => options with { NatsArguments = ["-m", _natsMonitoring.ToString(CultureInfo.InvariantCulture)] },
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

    private static Task EveryPanelAsync(RunningPrometheus prometheus) => EveryOneShowsAsync(
        prometheus, DashboardPanel.All().Where(panel => !panel.IsSql && !panel.IsQuiet).Select(panel => (panel.Query, $"{panel.Dashboard}, {panel.Title}: {panel.Query}")), "every panel shows something");

    private static async Task EveryOneShowsAsync(RunningPrometheus prometheus, IEnumerable<(string Query, string Name)> all, string what)
    {
        var missing = all.ToHashSet();
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var one in missing.ToList()) if ((await prometheus.QueryAsync(one.Query)).Count > 0) missing.Remove(one);
                return missing.Count == 0;
            },
            () => $"{what}, but not " + string.Join("; ", missing.Select(one => one.Name)));
    }

    /// <summary>An alert is silent when all is well, and also when it asks for what nobody exports: so each series it reads must be there.</summary>
    private static async Task EveryRuleAsync(RunningPrometheus prometheus)
    {
        var rules = await prometheus.RulesAsync();
        Assert.DoesNotContain(rules, rule => rule.Health == "err");
        foreach (var rule in rules) await prometheus.QueryAsync(rule.Query);
        await EveryOneShowsAsync(prometheus, rules.SelectMany(rule => rule.Selectors).Except(Quiet).Select(selector => (selector, selector)), "something exports each series that the rules read");
    }

    private async Task EveryNamedMetricAsync()
    {
        await _screener.OrderFaultAsync("""{"kind":"drop"}""");
        await _screener.AskForReplayAsync("price > 0");
        List<string> complaints = [];
        await Eventually.TrueAsync(async () => (complaints = await ComplaintsAsync()).Count == 0, () => string.Join(Environment.NewLine, complaints.Prepend("no metric is missing")));
        foreach (var worker in _screener.Stack.Workers) Assert.Equal("", await (await Scrape.OfAsync(worker)).ComplaintsAsync());
    }

    /// <summary>What stands still in a healthy run moves when something is taken away (errors and logs are moved by tests of their own). Nothing is given back: it is the end of this screener.</summary>
    private async Task EveryTroubleAsync()
    {
        for (var i = 0; i < 1_000; i++) _receiver.Moods.Enqueue("busy");
        await MovesAsync("alert_engine_deliveries_pending");
        await _screener.Stack.Nats.StopAsync();
        await MovesAsync("nats_publish_errors_total");
        await _screener.Stack.Postgres.StopAsync();
        await MovesAsync("database_errors_total");
        await _screener.Stack.Simulator!.KillAsync();
        await MovesAsync("data_collector_feed_staleness_seconds");
        await MovesAsync("circuit_breaker_state");
    }

    private Task MovesAsync(string name) => Eventually.TrueAsync(
        async () =>
        {
            foreach (var metric in NamedMetrics.All.Where(metric => metric.Name == name))
                if ((await Scrape.OfAsync(_screener.Stack.Worker(metric.Worker))).ValuesOf(metric).Any(value => value > 0)) return true;
            return false;
        },
        $"{name} moves");

    private async Task<List<string>> ComplaintsAsync()
    {
        var scrapes = new Dictionary<string, Scrape>(StringComparer.Ordinal);
        foreach (var worker in _screener.Stack.Workers) scrapes[worker.Name] = await Scrape.OfAsync(worker);
        return [.. NamedMetrics.All.Select(metric => scrapes[metric.Worker].ComplaintAbout(metric)).OfType<string>()];
    }
}
