using CryptoScreener.Testing;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

public sealed class RunbookQueryTests(ServersFixture servers) : IClassFixture<ServersFixture>
{
    [Fact]
    public async Task Every_query_of_the_runbook_is_one_that_the_schema_answers()
    {
        await using var storage = await TestStorage.CreateAsync(servers);
        var asked = Runbook.Sql().Where(sql => !sql.Contains("_backend(", StringComparison.OrdinalIgnoreCase) || sql.Contains("FROM", StringComparison.Ordinal)).ToList();

        Assert.True(asked.Count > 10, $"only {asked.Count} queries were found");
        foreach (var sql in asked) await storage.ExecuteAsync(sql);
    }
}
