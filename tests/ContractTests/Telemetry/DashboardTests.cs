using CryptoScreener.Testing;

namespace CryptoScreener.ContractTests.Telemetry;

public sealed class DashboardTests
{
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
    public void Every_metric_shown_is_recorded_by_the_code_the_rules_or_an_exporter() => Assert.Equal("", string.Join(
        Environment.NewLine,
        DashboardPanel.All().Where(panel => !panel.IsSql).SelectMany(panel => KnownMetrics.UnknownOf(panel.Query).Select(metric => $"{panel.Dashboard}, {panel.Title}: {metric}")).Distinct()));
}
