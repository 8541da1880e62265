using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class RunbookTests
{
    private const string Alert = "- alert: ";
    private const string Heading = "## ";

    [Fact]
    public void Every_alert_has_an_entry_under_its_name() => Assert.Empty(Alerts().Except(Headings()));

    [Fact]
    public void Every_entry_is_of_an_alert_that_exists() => Assert.Empty(Headings().Except(Alerts()));

    [Fact]
    public void No_alert_has_two_entries() => Assert.Equal(Headings().Count, Headings().Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public async Task Every_expression_is_one_that_Prometheus_understands_of_metrics_that_somebody_records()
    {
        var expressions = Runbook.PromQl().ToList();
        Assert.True(expressions.Count > 50, $"only {expressions.Count} expressions were found");
        Assert.Empty(expressions.SelectMany(expression => KnownMetrics.UnknownOf(expression).Select(metric => $"{expression}: {metric}")));
        using var prometheus = await RunningPrometheus.StartAsync("global: {scrape_interval: 1s}");
        foreach (var expression in expressions) await prometheus.QueryAsync(expression);
    }

    private static HashSet<string> Alerts() => Directory.GetFiles(Repository.PathOf("deploy", "prometheus", "rules"), "*.yml")
        .SelectMany(File.ReadLines)
        .Select(line => line.Trim())
        .Where(line => line.StartsWith(Alert, StringComparison.Ordinal))
        .Select(line => line[Alert.Length..])
        .ToHashSet(StringComparer.Ordinal);

    private static List<string> Headings() => File.ReadLines(Repository.PathOf("docs", "RUNBOOK.md"))
        .Where(line => line.StartsWith(Heading, StringComparison.Ordinal))
        .Select(line => line[Heading.Length..].Trim())
        .ToList();
}
