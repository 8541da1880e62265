using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.TimeTables;

/// <summary>
/// Writes rows by binary COPY, hoping that none is there yet, which is nearly always so. Otherwise, and only then, they
/// go through a staging table and are merged. Runs inside the caller's transaction.
/// </summary>
internal static class OptimisticCopy
{
    private const string Savepoint = "before_copy";

    internal static async Task WriteAsync<T>(
        NpgsqlConnection connection, TimeTable table, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        await ExecuteAsync(connection, $"SAVEPOINT {Savepoint}", stop);
        try
        {
            await CopyAsync(connection, table.Name, target, rows, stop);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await RollBackAsync(connection, stop);
            await MergeAsync(connection, table, target, rows, stop);
        }

        // Not released: the transaction's end does it without another round trip, and there are as few of them as tables.
    }

    /// <summary>Undoes a write that failed; the transaction goes on.</summary>
    internal static Task RollBackAsync(NpgsqlConnection connection, CancellationToken stop) =>
        ExecuteAsync(connection, $"ROLLBACK TO SAVEPOINT {Savepoint}", stop);

    private static async Task MergeAsync<T>(
        NpgsqlConnection connection, TimeTable table, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        var staging = $"staging_{table.Name}";
        await ExecuteAsync(connection, $"CREATE TEMP TABLE {staging} (LIKE {table.Name}) ON COMMIT DROP", stop);
        await CopyAsync(connection, staging, target, rows, stop);
        await ExecuteAsync(connection, target.MergeInto(table, staging), stop);
        await ExecuteAsync(connection, $"DROP TABLE {staging}", stop); // the same transaction may write to this table again
    }

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string table, ICopyTarget<T> target, ReadOnlyMemory<T> rows, CancellationToken stop)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"COPY {table} ({target.Columns}) FROM STDIN (FORMAT BINARY)", stop);
        for (var i = 0; i < rows.Length; i++)
        {
            await importer.StartRowAsync(stop);
            await target.WriteAsync(importer, rows.Span[i], stop);
        }

        await importer.CompleteAsync(stop);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.Sql(sql);
        await command.ExecuteNonQueryAsync(stop);
    }
}
