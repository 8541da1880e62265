using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Npgsql;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>
/// Compresses old chunks where TimescaleDB's Community edition is loaded; the Apache edition and plain PostgreSQL have no
/// compression. The names are those of all versions since 2.0; later ones keep them beside the columnstore names.
/// </summary>
internal sealed class Compression(Database database)
{
    private const int AfterDays = 7; // late corrections find rows as they are

    // Older versions refuse to set it again once a chunk is compressed.
    private const string IsSet = """
        SELECT compression_enabled FROM timescaledb_information.hypertables WHERE hypertable_schema = current_schema() AND hypertable_name = $1
        """;

    /// <returns>Whether this server compresses.</returns>
    internal Task<bool> EnsureAsync(CancellationToken stop) =>
        database.InTransactionAsync("ensure_compression", async connection =>
        {
            var server = await DatabaseServer.AskAsync(connection, stop);
            if (!server.IsCommunity) return false;
            foreach (var table in TimeTable.All)
            {
                if (await TimeSpans.IsNativeAsync(connection, table, stop)) return false;
                if (await IsSetAsync(connection, table, stop)) continue;
                await using var command = connection.Sql(Statement(table));
                await command.ExecuteNonQueryAsync(stop);
            }

            return true;
        }, stop);

    /// <returns>Whether a hypertable is set to be compressed.</returns>
    internal static async Task<bool> IsSetAsync(NpgsqlConnection connection, TimeTable table, CancellationToken stop)
    {
        await using var command = connection.Sql(IsSet).With(table.Name);
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    internal static string Statement(TimeTable table) => $"""
        ALTER TABLE {table.Name} SET (timescaledb.compress, timescaledb.compress_segmentby = '{SegmentBy(table)}',
            timescaledb.compress_orderby = '{table.TimeColumn} DESC');
        SELECT add_compression_policy('{table.Name}', INTERVAL '{AfterDays} days', if_not_exists => true);
        """;

    private static string SegmentBy(TimeTable table) =>
        table.Name.StartsWith("candles", StringComparison.Ordinal) ? "instrument_id, timeframe" : "instrument_id";
}
