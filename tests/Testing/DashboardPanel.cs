using System.Text.Json.Nodes;

namespace CryptoScreener.Testing;

/// <summary>One query of one panel of a Grafana dashboard.</summary>
/// <param name="Query">PromQL, or SQL when <paramref name="IsSql"/>.</param>
/// <param name="IsQuiet">A healthy system may give no data.</param>
public sealed record DashboardPanel(string Dashboard, string Title, string Query, bool IsSql, bool IsQuiet)
{
    /// <summary>Every query of every committed dashboard.</summary>
    public static IReadOnlyList<DashboardPanel> All() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("deploy", "grafana", "dashboards"), "*.json").SelectMany(file =>
        {
            var dashboard = JsonNode.Parse(File.ReadAllText(file))!;
            return dashboard["panels"]!.AsArray().SelectMany(panel => (panel!["targets"]?.AsArray() ?? []).Select(target => new DashboardPanel(
                dashboard["title"]!.GetValue<string>(),
                panel["title"]!.GetValue<string>(),
                (target!["expr"] ?? target["rawSql"])!.GetValue<string>().Replace("$exchange", ".*", StringComparison.Ordinal), // as Grafana does for All
                target["rawSql"] is not null,
                panel["tags"]?.AsArray().Any(tag => tag!.GetValue<string>() == "quiet") ?? false)));
        }),
    ];
}
