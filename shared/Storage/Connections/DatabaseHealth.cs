using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CryptoScreener.Storage.Connections;

/// <summary>Whether PostgreSQL answers; what it means for this worker when it does not was said at its registration.</summary>
internal sealed class DatabaseHealth(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.RunAsync("health", async connection =>
            {
                await using var command = connection.Sql("SELECT 1");
                await command.ExecuteScalarAsync(cancellationToken);
            }, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus, "PostgreSQL is not available: history, saving and deliveries wait for it.", e);
        }
    }
}
