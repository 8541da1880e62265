using CryptoScreener.LocalServers;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.IntegrationTests.Storage.Schema;

public sealed class AwayAtStartTests
{
    [Fact]
    public async Task A_worker_that_starts_before_postgres_is_degraded_and_heals_without_a_restart()
    {
        await using var postgres = await LocalPostgres.StartAsync(ServersFixture.NewPostgres());
        var connectionString = await postgres.CreateDatabaseAsync("late");
        await postgres.StopAsync();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Storage:ConnectionString", connectionString)]);
        builder.Logging.ClearProviders();
        builder.Services.AddScreenerStorage(builder.Configuration).AddScreenerStorageMaintenance();
        using var host = builder.Build();

        await host.StartAsync();
        var health = host.Services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Degraded, (await health.CheckHealthAsync()).Status);

        await postgres.StartAgainAsync();
        await Eventually.TrueAsync(async () => (await health.CheckHealthAsync()).Status == HealthStatus.Healthy, "the worker is healthy");
        var migrated = host.Services.GetRequiredService<Database>().RunAsync("test", async connection =>
        {
            await using var command = connection.Sql("SELECT count(*) FROM instruments");
            return (long)(await command.ExecuteScalarAsync())!;
        }, CancellationToken.None);
        Assert.Equal(0, await migrated);
        await host.StopAsync();
    }
}
