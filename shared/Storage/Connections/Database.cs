using CryptoScreener.Storage.Migrations;
using Npgsql;

namespace CryptoScreener.Storage.Connections;

/// <summary>The only door to PostgreSQL: migrated before first use, counted, and clean after the server was away.</summary>
internal sealed class Database(NpgsqlDataSource source, Migrator migrator, StorageMetrics metrics)
{
    internal async Task<T> RunAsync<T>(string operation, Func<NpgsqlConnection, Task<T>> work, CancellationToken stop)
    {
        metrics.Started(operation);
        try
        {
            await migrator.MigrateOnceAsync(source, stop);
            return await WithConnectionAsync(work, stop);
        }
        catch (Exception e)
        {
            metrics.Failed(operation, DatabaseErrors.KindOf(e));
            // Otherwise each idle connection would fail one caller more after the server is back.
            if (DatabaseErrors.BreaksConnections(e)) source.Clear();
            throw;
        }
    }

    internal Task RunAsync(string operation, Func<NpgsqlConnection, Task> work, CancellationToken stop) =>
        RunAsync(operation, async connection =>
        {
            await work(connection);
            return 0;
        }, stop);

    internal Task<T> InTransactionAsync<T>(string operation, Func<NpgsqlConnection, Task<T>> work, CancellationToken stop) =>
        RunAsync(operation, async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            var result = await work(connection);
            await transaction.CommitAsync(stop);
            return result;
        }, stop);

    private async Task<T> WithConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        metrics.ConnectionTaken();
        try
        {
            return await work(connection);
        }
        finally
        {
            metrics.ConnectionReturned();
        }
    }
}
