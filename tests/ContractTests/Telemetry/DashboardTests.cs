using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed partial class DashboardTests
{
    // What others export and the dashboards show; ours are looked up in the code.
    private static readonly HashSet<string> Exported = new(StringComparer.Ordinal)
    {
        "ALERTS", "up", "scrape_duration_seconds", "alertmanager_notifications_failed_total", "prometheus_rule_evaluation_failures_total",
        "redis_connected_clients", "redis_memory_used_bytes", "redis_memory_max_bytes", "gnatsd_varz_connections", "gnatsd_varz_in_bytes",
        "gnatsd_varz_out_bytes", "pg_stat_database_numbackends", "pg_settings_max_connections", "pg_stat_activity_max_tx_duration",
        "pg_stat_database_tup_inserted", "pg_stat_database_tup_updated", "pg_stat_database_tup_fetched", "node_network_receive_bytes_total",
        "node_network_transmit_bytes_total", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes",
        "dotnet_gc_collections_total",
    };

    [Fact]
    public async Task The_dashboards_are_what_their_sources_give() =>
        Assert.Equal((0, ""), await ExternalProgram.Node.RunAsync("deploy/grafana/render.mjs --check"));

    [Fact]
    public async Task Every_query_is_one_that_Prometheus_understands()
    {
        using var prometheus = await RunningPrometheus.StartAsync("global: {scrape_interval: 1s}");

        foreach (var panel in DashboardPanel.All().Where(panel => !panel.IsSql)) await prometheus.QueryAsync(panel.Query);
    }

    [Fact]
    public void Every_metric_shown_is_recorded_by_the_code_the_rules_or_an_exporter()
    {
        var code = Sources("shared").Concat(Sources("services"))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var rules = Directory.EnumerateFiles(Repository.PathOf("deploy", "prometheus", "rules"))
            .SelectMany(File.ReadLines).Where(line => line.Contains("record: ", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("record: ", StringComparison.Ordinal) + 8)..].Trim());
        var known = Exported.Concat(rules).ToHashSet(StringComparer.Ordinal);

        var unknown = from panel in DashboardPanel.All()
                      where !panel.IsSql
                      from Match metric in Metric().Matches(WithoutLabels(panel.Query))
                      where !known.Contains(metric.Value) && !code.Contains(WithoutSuffix(metric.Value)) && !code.Contains(metric.Value)
                      select $"{panel.Dashboard}, {panel.Title}: {metric.Value}";

        Assert.Equal("", string.Join(Environment.NewLine, unknown.Distinct()));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories);

    private static string WithoutLabels(string query) => Labels().Replace(query, "");

    private static string WithoutSuffix(string name) => Suffix().Replace(name, "");

    [GeneratedRegex("\"([a-z][a-z0-9_]+)\"")]
    private static partial Regex Literal();

    // A name that is not a function, a grouping word or a label.
    [GeneratedRegex(@"(?<![\w:])[a-zA-Z][a-zA-Z0-9]*[_:][a-zA-Z0-9_:]+(?!\s*\()(?![\w:])|(?<![\w:])(ALERTS|up)(?![\w:])")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{[^}]*\}|\b(by|on|without)\s*\([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex("(_bucket|_sum|_count)?(_seconds|_bytes)?(_total|_bucket|_sum|_count)?$")]
    private static partial Regex Suffix();
}
