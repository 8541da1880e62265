using System.Text.RegularExpressions;
using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

/// <summary>Every metric that somebody records: the code, a recording rule, or a program of others.</summary>
internal static partial class KnownMetrics
{
    // What others export, and dashboards and the runbook name; ours are looked up in the code.
    private static readonly HashSet<string> Exported = new(StringComparer.Ordinal)
    {
        "ALERTS", "up", "scrape_duration_seconds", "alertmanager_notifications_failed_total", "prometheus_rule_evaluation_failures_total",
        "redis_connected_clients", "redis_memory_used_bytes", "redis_memory_max_bytes", "gnatsd_varz_connections", "gnatsd_varz_in_bytes",
        "gnatsd_varz_out_bytes", "pg_stat_database_numbackends", "pg_settings_max_connections", "pg_stat_activity_max_tx_duration",
        "pg_stat_database_tup_inserted", "pg_stat_database_tup_updated", "pg_stat_database_tup_fetched", "node_network_receive_bytes_total",
        "node_network_transmit_bytes_total", "dotnet_process_cpu_time_seconds_total", "dotnet_process_memory_working_set_bytes",
        "dotnet_gc_collections_total", "kube_pod_container_status_restarts_total",
    };

    private static readonly HashSet<string> Code = Sources("shared").Concat(Sources("services")).Append(Repository.PathOf("deploy", "scripts", "backup.sh"))
        .SelectMany(file => Literal().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Rules = Directory.EnumerateFiles(Repository.PathOf("deploy", "prometheus", "rules"))
        .SelectMany(File.ReadLines).Where(line => line.Contains("record: ", StringComparison.Ordinal))
        .Select(line => line[(line.IndexOf("record: ", StringComparison.Ordinal) + 8)..].Trim()).ToHashSet(StringComparer.Ordinal);

    /// <summary>What a query reads and nobody records.</summary>
    public static IEnumerable<string> UnknownOf(string query) => Metric().Matches(Labels().Replace(query, "")).Select(match => match.Value)
        .Where(metric => !Exported.Contains(metric) && !Rules.Contains(metric) && !Code.Contains(Suffix().Replace(metric, "")) && !Code.Contains(metric));

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories);

    // In code between quotation marks; in the script that writes a file for node_exporter at the start of a line.
    [GeneratedRegex("(?:\"|^)([a-z][a-z0-9_]+)(?:\"| )", RegexOptions.Multiline)]
    private static partial Regex Literal();

    // A name that is not a function, a grouping word or a label.
    [GeneratedRegex(@"(?<![\w:])[a-zA-Z][a-zA-Z0-9]*[_:][a-zA-Z0-9_:]+(?!\s*\()(?![\w:])|(?<![\w:])(ALERTS|up)(?![\w:])")]
    private static partial Regex Metric();

    [GeneratedRegex(@"\{[^}]*\}|\b(by|on|without)\s*\([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex("(_bucket|_sum|_count)?(_seconds|_bytes)?(_total|_bucket|_sum|_count)?$")]
    private static partial Regex Suffix();
}
