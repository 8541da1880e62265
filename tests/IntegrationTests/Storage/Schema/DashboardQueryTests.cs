using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

public sealed class DashboardQueryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Every_query_of_a_dashboard_on_the_database_is_one_that_the_schema_answers()
    {
        await using var storage = await TestStorage.CreateAsync(servers);

        foreach (var panel in DashboardPanel.All().Where(panel => panel.IsSql))
        {
            // What Grafana puts in the place of its own words.
            var sql = panel.Query.Replace("$instrument", "binance-futures:BTCUSDT", StringComparison.Ordinal)
                .Replace("$__timeFilter(open_time)", "open_time BETWEEN now() - interval '1 hour' AND now()", StringComparison.Ordinal)
                .Replace("$__timeFilter(minute)", "minute BETWEEN now() - interval '1 hour' AND now()", StringComparison.Ordinal);
            await storage.ExecuteAsync(sql);
        }
    }
}
