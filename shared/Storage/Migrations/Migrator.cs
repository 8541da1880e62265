using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace CryptoScreener.Storage.Migrations;

/// <summary>
/// Brings the schema up to date: all missing steps in one transaction, under an advisory lock, by whoever comes first.
/// A database that is ahead of this program is accepted, because steps expand first and contract a release later.
/// </summary>
internal sealed partial class Migrator(IReadOnlyList<Migration> migrations, TimeSeriesKind timeSeries, ILogger<Migrator> logger) : IDisposable
{
    private const long LockKey = 0x5C2EE9E2; // any number that nobody else of the database uses
    private readonly SemaphoreSlim _single = new(1, 1);
    private volatile bool _done;

    /// <summary>Once per process; a failed attempt is repeated by the next caller.</summary>
    internal async ValueTask MigrateOnceAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        if (_done) return;
        await _single.WaitAsync(stop);
        try
        {
            if (_done) return;
            await MigrateAsync(source, stop);
            _done = true;
        }
        finally
        {
            _single.Release();
        }
    }

    public void Dispose() => _single.Dispose();

    private async Task MigrateAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await ExecuteAsync(connection.Sql("SELECT pg_advisory_xact_lock($1)").With(LockKey), stop);
        // Whoever waits for a lock has everybody behind them wait: rather given up and tried again.
        await ExecuteAsync(connection.Sql("SET LOCAL lock_timeout = '5s'"), stop);
        await MakeLedgerAsync(connection, stop);
        var applied = await AppliedAsync(connection, stop);
        var missing = migrations.Where(migration => !IsApplied(migration, applied, connection.Database)).ToList();
        if (missing.Count > 0) await TimeSeriesSetup.PrepareAsync(connection, timeSeries, stop);
        foreach (var migration in missing) await ApplyAsync(connection, migration, stop);
        await transaction.CommitAsync(stop);
        foreach (var migration in missing) LogApplied(migration.Name, connection.Database);
    }

    // Asks first: a worker whose account may not make tables can still work on a database that is up to date.
    private static async Task MakeLedgerAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var exists = connection.Sql("SELECT to_regclass('migrations') IS NOT NULL");
        if ((bool)(await exists.ExecuteScalarAsync(stop))!) return;
        await ExecuteAsync(connection.Sql("""
            CREATE TABLE migrations (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """), stop);
    }

    private static bool IsApplied(Migration migration, Dictionary<string, string> applied, string database)
    {
        if (!applied.TryGetValue(migration.Name, out var checksum)) return false;
        if (checksum == migration.Checksum) return true;
        throw new StorageException(
            $"The migration {migration.Name} was applied to the database '{database}' with another content (checksum {checksum[..12]}, "
            + $"here {migration.Checksum[..12]}). Applied migrations never change: restore its file and write a new migration, or use another database.");
    }

    private static async Task<Dictionary<string, string>> AppliedAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Sql("SELECT name, checksum FROM migrations");
        var rows = await command.ToListAsync(reader => KeyValuePair.Create(reader.GetString(0), reader.GetString(1)), stop);
        return rows.ToDictionary(StringComparer.Ordinal);
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken stop)
    {
        await ExecuteAsync(connection.Sql(migration.Sql), stop);
        await ExecuteAsync(
            connection.Sql("INSERT INTO migrations (name, checksum) VALUES ($1, $2)").With(migration.Name).With(migration.Checksum), stop);
    }

    private static async Task ExecuteAsync(NpgsqlCommand command, CancellationToken stop)
    {
        await using (command)
        {
            command.CommandTimeout = 0; // another process may be migrating
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    [LoggerMessage(6010, LogLevel.Information, "Migration {Migration} applied to database {Database}")]
    private partial void LogApplied(string migration, string database);
}
