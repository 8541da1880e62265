using CryptoScreener.Storage.Connections;
using Npgsql;

namespace CryptoScreener.Storage.Migrations;

/// <summary>Tells the migrations whether tables by time are native partitions or hypertables.</summary>
internal static class TimeSeriesSetup
{
    private const string Extension = "timescaledb";

    internal static async Task PrepareAsync(NpgsqlConnection connection, TimeSeriesKind wanted, CancellationToken stop)
    {
        var timescale = wanted != TimeSeriesKind.Native && await IsAvailableAsync(connection, stop);
        if (wanted == TimeSeriesKind.Timescale && !timescale)
        {
            throw new StorageException(
                $"{StorageOptions.Section}:TimeSeries asks for Timescale, but the server has no {Extension} extension. "
                + "Install it and add it to shared_preload_libraries, or set Auto or Native.");
        }

        if (timescale) await ExecuteAsync(connection, $"CREATE EXTENSION IF NOT EXISTS {Extension}", stop);
        await ExecuteAsync(connection, $"SET LOCAL screener.time_series = '{(timescale ? "timescale" : "native")}'", stop);
    }

    // Installed files alone are not enough: a library that was loaded at the server's start shows by its settings.
    private static async Task<bool> IsAvailableAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = connection.Sql("""
            SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = $1)
               AND EXISTS (SELECT FROM pg_settings WHERE name LIKE $1 || '.%')
            """).With(Extension);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.Sql(sql);
        await command.ExecuteNonQueryAsync(stop);
    }
}
