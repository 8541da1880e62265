using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.TimeTables;

namespace CryptoScreener.Storage.Metrics;

/// <summary>The frames of closed minutes.</summary>
public sealed class MetricHistory
{
    private readonly Database _database;
    private readonly TimeTableWriter _writer;

    internal MetricHistory(Database database, TimeTableWriter writer)
    {
        _database = database;
        _writer = writer;
    }

    /// <summary>Together with a reader's checkpoint.</summary>
    public Task WriteAsync(FencedTransaction transaction, ReadOnlyMemory<MetricRow> rows, CancellationToken stop) =>
        _writer.WriteAsync(transaction.Connection, MetricCopy.Instance, rows, stop);

    /// <summary>The frames of one instrument, oldest first, both ends included.</summary>
    public Task<List<MetricRow>> ReadAsync(int instrumentId, long from, long through, CancellationToken stop = default) =>
        _database.RunAsync("read_metrics", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT minute, catalogue_hash, numbers FROM metrics
                WHERE instrument_id = $1 AND minute BETWEEN $2 AND $3 ORDER BY minute
                """).With(instrumentId).WithTime(from).WithTime(through);
            return await command.ToListAsync(reader => new MetricRow(
                instrumentId, reader.GetUnixMs(0), unchecked((ulong)reader.GetInt64(1)), reader.GetFieldValue<double[]>(2)), stop);
        }, stop);
}
