using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;

namespace CryptoScreener.Storage.Maintenance;

/// <summary>
/// Compresses old chunks where TimescaleDB's Community edition is loaded; the Apache edition and plain PostgreSQL have no
/// compression. The names are those of all versions since 2.0; later ones keep them beside the columnstore names.
/// </summary>
internal sealed class Compression(Database database)
{
    private const int AfterDays = 7; // late corrections find rows as they are

    /// <returns>Whether this server compresses.</returns>
    internal Task<bool> EnsureAsync(CancellationToken stop) =>
        database.InTransactionAsync("ensure_compression", async connection =>
        {
            await using var license = connection.Sql("SELECT current_setting('timescaledb.license', true)");
            if (await license.ExecuteScalarAsync(stop) is not "timescale") return false;
            foreach (var table in TimeTable.All)
            {
                if (await TimeSpans.IsNativeAsync(connection, table, stop)) return false;
                await using var command = connection.Sql(Statement(table));
                await command.ExecuteNonQueryAsync(stop);
            }

            return true;
        }, stop);

    internal static string Statement(TimeTable table) => $"""
        ALTER TABLE {table.Name} SET (timescaledb.compress, timescaledb.compress_segmentby = '{SegmentBy(table)}',
            timescaledb.compress_orderby = '{table.TimeColumn} DESC');
        SELECT add_compression_policy('{table.Name}', INTERVAL '{AfterDays} days', if_not_exists => true);
        """;

    private static string SegmentBy(TimeTable table) =>
        table.Name.StartsWith("candles", StringComparison.Ordinal) ? "instrument_id, timeframe" : "instrument_id";
}
