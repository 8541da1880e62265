using System.Data;
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
        await using var connection = await OpenAsync(stop);
        metrics.ConnectionTaken();
        try
        {
            return await work(connection);
        }
        catch (Exception e) when (DatabaseErrors.IsNonsense(e) || (e is not (NpgsqlException or OperationCanceledException) && connection.FullState.HasFlag(ConnectionState.Broken)))
        {
            throw Nonsense(e);
        }
        finally
        {
            metrics.ConnectionReturned();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken stop)
    {
        try
        {
            return await source.OpenConnectionAsync(stop);
        }
        catch (Exception e) when (DatabaseErrors.IsNonsense(e))
        {
            throw Nonsense(e);
        }
    }

    // Npgsql takes what a broken network says for a fault of its own; to us it is an outage, which is waited out.
    private static NpgsqlException Nonsense(Exception cause) => new("PostgreSQL's answer makes no sense; the connection was given up.", cause);
}
