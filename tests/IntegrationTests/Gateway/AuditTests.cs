using System.Net.Http.Json;
using CryptoScreener.Testing;
using Npgsql;

namespace CryptoScreener.IntegrationTests.Gateway;

/// <summary>What was changed is in the audit log, whatever became of whoever changed it.</summary>
[Collection(GatewayRest.Name)]
public sealed class AuditTests(GatewayFixture fixture)
{
    private readonly RunningGateway _gateway = fixture.Gateway;

    [Fact]
    public async Task An_endpoint_whose_adder_left_is_noted()
    {
        var name = $"left-{Guid.NewGuid():N}";
        await using var database = NpgsqlDataSource.Create(_gateway.Database);
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE", connection, transaction); // whoever notes something waits here
        await hold.ExecuteNonQueryAsync();
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/endpoints") { Content = JsonContent.Create(new { name, kind = "webhook", target = "https://hooks.example/in" }) };
        request.Headers.Add("X-API-Key", RunningGateway.FirstKey);
        var asking = _gateway.Http.SendAsync(request, leaving.Token);
        await using var stored = new NpgsqlCommand($"SELECT count(*) FROM endpoints WHERE name = '{name}'", connection, transaction);
        await Eventually.TrueAsync(async () => await stored.ExecuteScalarAsync() is 1L, "the endpoint is stored");
        await leaving.CancelAsync();
        await Task.WhenAny(asking);
        await transaction.RollbackAsync();

        await Eventually.TrueAsync(
            async () => (await _gateway.GetAsync("/api/v1/audit?limit=500", RunningGateway.FirstKey)).GetRawText().Contains(name, StringComparison.Ordinal), "it is noted");
    }
}
