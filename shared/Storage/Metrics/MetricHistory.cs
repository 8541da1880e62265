using CryptoScreener.Storage.Catalogues;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Ownership;
using CryptoScreener.Storage.TimeTables;
using Npgsql;

namespace CryptoScreener.Storage.Metrics;

/// <summary>The frames of closed minutes.</summary>
public sealed class MetricHistory
{
    private readonly Database _database;
    private readonly TimeTableWriter _writer;
    private readonly CatalogueStore _catalogues;

    internal MetricHistory(Database database, TimeTableWriter writer, CatalogueStore catalogues)
    {
        _database = database;
        _writer = writer;
        _catalogues = catalogues;
    }

    /// <summary>Makes the partitions that rows need, on a connection of its own: to be called before their transaction begins.</summary>
    public Task PrepareAsync(ReadOnlyMemory<MetricRow> rows, CancellationToken stop = default) => _writer.PrepareAsync(MetricCopy.Instance, rows, stop);

    /// <summary>Together with a reader's checkpoint.</summary>
    public Task WriteAsync(FencedTransaction transaction, ReadOnlyMemory<MetricRow> rows, CancellationToken stop) =>
        _writer.WriteAsync(transaction.Connection, MetricCopy.Instance, rows, stop);

    /// <summary>The frames of one instrument, oldest first, both ends included.</summary>
    public Task<List<MetricRow>> ReadAsync(int instrumentId, long from, long through, CancellationToken stop = default) =>
        PageAsync(instrumentId, from, through, int.MaxValue, stop);

    /// <summary>The first of them, at most so many.</summary>
    public Task<List<MetricRow>> PageAsync(int instrumentId, long from, long through, int limit, CancellationToken stop = default) =>
        _database.RunAsync("read_metrics", async connection =>
        {
            await using var command = connection.Sql("""
                SELECT minute, catalogue_hash, numbers FROM metrics
                WHERE instrument_id = $1 AND minute BETWEEN $2 AND $3 ORDER BY minute LIMIT $4
                """).With(instrumentId).WithTime(from).WithTime(through).With(limit);
            return await command.ToListAsync(reader => new MetricRow(
                instrumentId, reader.GetUnixMs(0), HashOf(reader, 1), reader.GetFieldValue<double[]>(2)), stop);
        }, stop);

    /// <summary>Chosen metrics of one instrument, oldest first. Each frame is read by its own catalogue: a column that it has not is NaN.</summary>
    public async Task<List<MetricPoint>> QueryAsync(MetricQuery query, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var table = (query.Hourly ? TimeTable.MetricsHourly : TimeTable.Metrics).Name;
        var columns = new Dictionary<ulong, int[]>();
        foreach (var hash in await HashesAsync(table, query, stop))
        {
            var catalogue = await _catalogues.FindAsync(hash, stop);
            columns[hash] = [.. query.Names.Select(name => catalogue?.ColumnOf(name) ?? -1)];
        }

        var points = await PointsAsync(table, query, columns, stop);
        points.Reverse();
        return points;
    }

    private Task<List<ulong>> HashesAsync(string table, MetricQuery query, CancellationToken stop) =>
        _database.RunAsync("read_metric_catalogues", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT DISTINCT catalogue_hash FROM {table} WHERE instrument_id = $1 AND minute BETWEEN $2 AND $3
                """).With(query.InstrumentId).WithTime(query.From).WithTime(query.Through);
            return await command.ToListAsync(reader => HashOf(reader, 0), stop);
        }, stop);

    // Whole frames come over and are cut down here: each subscript in SQL would unpack the frame once more.
    private Task<List<MetricPoint>> PointsAsync(string table, MetricQuery query, Dictionary<ulong, int[]> columns, CancellationToken stop) =>
        _database.RunAsync("query_metrics", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT minute, catalogue_hash, numbers FROM {table}
                WHERE instrument_id = $1 AND minute BETWEEN $2 AND $3 ORDER BY minute DESC LIMIT $4
                """).With(query.InstrumentId).WithTime(query.From).WithTime(query.Through).With(query.Limit);
            return await command.ToListAsync(
                reader => new MetricPoint(
                    reader.GetUnixMs(0), Choose(reader.GetFieldValue<double[]>(2), columns.GetValueOrDefault(HashOf(reader, 1)), query.Names.Count)),
                stop);
        }, stop);

    private static double[] Choose(double[] numbers, int[]? columns, int count)
    {
        var chosen = new double[count];
        for (var i = 0; i < count; i++)
            chosen[i] = columns?[i] is { } column && column >= 0 && column < numbers.Length ? numbers[column] : double.NaN;
        return chosen;
    }

    private static ulong HashOf(NpgsqlDataReader reader, int column) => unchecked((ulong)reader.GetInt64(column));
}
