using System.Globalization;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Npgsql;

namespace CryptoScreener.Storage.Candles;

/// <summary>Takes one candle of a bulk read; rows of an instrument come together and in time order.</summary>
public delegate void CandleVisitor(int instrumentId, in Candle candle, CandleSource source);

/// <summary>Takes one candle of a packed read; rows of an instrument come together and in time order.</summary>
public delegate void PackedCandleVisitor(int instrumentId, in Candle candle);

/// <summary>Reads stored candles. Times are open times in unix ms, both ends included.</summary>
public sealed class CandleReader
{
    private static readonly TimeSpan BulkTimeout = TimeSpan.FromMinutes(10);
    private readonly Database _database;

    internal CandleReader(Database database) => _database = database;

    /// <summary>Adds the candles of a range to the caller's list, oldest first.</summary>
    /// <returns>How many were added.</returns>
    public Task<int> ReadAsync(
        int instrumentId, Timeframe timeframe, long from, long through, List<Candle> into, CancellationToken stop = default) =>
        _database.RunAsync("read_candles", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT open_time, {CandleCopy.Numbers} FROM {TimeTable.OfCandles(timeframe).Name}
                WHERE instrument_id = $1 AND timeframe = $2 AND open_time BETWEEN $3 AND $4
                ORDER BY open_time
                """).With(instrumentId).With((short)timeframe.Minutes).WithTime(from).WithTime(through);
            return await AppendAsync(command, into, stop);
        }, stop);

    /// <summary>Adds the first candles of a range to the caller's list, oldest first.</summary>
    public Task<int> ReadFirstAsync(
        int instrumentId, Timeframe timeframe, long from, long through, int count, List<Candle> into, CancellationToken stop = default) =>
        _database.RunAsync("read_first_candles", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT open_time, {CandleCopy.Numbers} FROM {TimeTable.OfCandles(timeframe).Name}
                WHERE instrument_id = $1 AND timeframe = $2 AND open_time BETWEEN $3 AND $4
                ORDER BY open_time LIMIT $5
                """).With(instrumentId).With((short)timeframe.Minutes).WithTime(from).WithTime(through).With(count);
            return await AppendAsync(command, into, stop);
        }, stop);

    /// <summary>Adds the newest candles before or at a time to the caller's list, oldest first.</summary>
    public Task<int> ReadLastAsync(
        int instrumentId, Timeframe timeframe, long through, int count, List<Candle> into, CancellationToken stop = default) =>
        ReadLastAsync(instrumentId, timeframe, 0, through, count, into, stop);

    /// <summary>Adds the newest candles of a range to the caller's list, oldest first. A lower bound spares looking into older partitions.</summary>
    public Task<int> ReadLastAsync(
        int instrumentId, Timeframe timeframe, long from, long through, int count, List<Candle> into, CancellationToken stop = default) =>
        _database.RunAsync("read_last_candles", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT * FROM (
                    SELECT open_time, {CandleCopy.Numbers} FROM {TimeTable.OfCandles(timeframe).Name}
                    WHERE instrument_id = $1 AND timeframe = $2 AND open_time BETWEEN $3 AND $4
                    ORDER BY open_time DESC LIMIT $5) AS newest
                ORDER BY open_time
                """).With(instrumentId).With((short)timeframe.Minutes).WithTime(from).WithTime(through).With(count);
            return await AppendAsync(command, into, stop);
        }, stop);

    /// <summary>All candles of these instruments since a time, by instrument, then by time: the warm-up of a worker in one pass.</summary>
    public Task ReadManyAsync(
        IReadOnlyCollection<int> instrumentIds, Timeframe timeframe, long from, CandleVisitor visit, CancellationToken stop = default) =>
        CopyAsync("read_many_candles", instrumentIds, timeframe, After(from), CandleParts.All, withSource: true, visit, stop);

    /// <summary>
    /// All candles of these instruments in a range, by instrument, then by time: for reading very many. Ranges of a day of
    /// the calendar lie in one partition. The close is always read; of what else is not wanted, prices are the close and the
    /// rest is unknown.
    /// </summary>
    public Task ReadPackedAsync(
        IReadOnlyCollection<int> instrumentIds, Timeframe timeframe, long from, long through, CandleParts fields, PackedCandleVisitor visit, CancellationToken stop = default) =>
        CopyAsync(
            "read_packed_candles", instrumentIds, timeframe, $"{After(from)} AND open_time <= {Literal(through)}", fields, withSource: false,
            (int instrument, in Candle candle, CandleSource _) => visit(instrument, in candle), stop);

    /// <summary>What is stored of these instruments in a range; instruments without any candle there are absent.</summary>
    public Task<List<CandleCoverage>> CoverageAsync(
        IReadOnlyCollection<int> instrumentIds, Timeframe timeframe, long from, long through, CancellationToken stop = default) =>
        _database.RunAsync("candle_coverage", async connection =>
        {
            await using var command = connection.Sql($"""
                SELECT instrument_id, min(open_time), max(open_time), count(*) FROM {TimeTable.OfCandles(timeframe).Name}
                WHERE instrument_id = ANY ($1) AND timeframe = $2 AND open_time BETWEEN $3 AND $4
                GROUP BY instrument_id
                """).With(instrumentIds.ToArray()).With((short)timeframe.Minutes).WithTime(from).WithTime(through);
            return await command.ToListAsync(reader => new CandleCoverage(
                reader.GetInt32(0), reader.GetUnixMs(1), reader.GetUnixMs(2), checked((int)reader.GetInt64(3))), stop);
        }, stop);

    /// <summary>The runs of bars that are missing between stored ones or at the ends of a range, as first and last open time.</summary>
    public async Task<List<(long From, long Through)>> MissingAsync(
        int instrumentId, Timeframe timeframe, long from, long through, CancellationToken stop = default)
    {
        var candles = new List<Candle>();
        await ReadAsync(instrumentId, timeframe, from, through, candles, stop);
        return MissingBars.Of(candles, timeframe, from, through);
    }

    private Task CopyAsync(
        string operation, IReadOnlyCollection<int> instrumentIds, Timeframe timeframe, string when, CandleParts fields, bool withSource, CandleVisitor visit, CancellationToken stop) =>
        instrumentIds.Count == 0 ? Task.CompletedTask : _database.RunAsync(operation, async connection =>
        {
            // COPY takes no parameters; there is nothing but numbers to write into it.
            var query = string.Create(CultureInfo.InvariantCulture, $"""
                COPY (SELECT {PackedCandles.Columns(fields, withSource)} FROM {TimeTable.OfCandles(timeframe).Name}
                WHERE instrument_id = ANY (ARRAY[{string.Join(',', instrumentIds)}]) AND timeframe = {timeframe.Minutes} AND {when}
                ORDER BY instrument_id, open_time) TO STDOUT (FORMAT BINARY)
                """);
            await using var copy = await connection.BeginRawBinaryCopyAsync(query, stop);
            copy.ReadTimeout = (int)BulkTimeout.TotalMilliseconds; // the first row comes when all are sorted
            await new PackedCandles(fields, withSource, visit).ReadAsync(copy, stop);
        }, stop);

    private static string After(long from) => $"open_time >= {Literal(from)}";

    private static string Literal(long time) => string.Create(CultureInfo.InvariantCulture, $"'{DateTimeOffset.FromUnixTimeMilliseconds(time):O}'");

    private static async Task<int> AppendAsync(NpgsqlCommand command, List<Candle> into, CancellationToken stop)
    {
        var before = into.Count;
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) into.Add(Read(reader));
        return into.Count - before;
    }

    private static Candle Read(NpgsqlDataReader reader) => new(
        reader.GetUnixMs(0),
        reader.GetDouble(1),
        reader.GetDouble(2),
        reader.GetDouble(3),
        reader.GetDouble(4),
        reader.GetDouble(5),
        reader.GetDouble(6),
        reader.IsDBNull(9) ? Candle.UnknownTrades : reader.GetInt64(9),
        reader.IsDBNull(7) ? double.NaN : reader.GetDouble(7),
        reader.IsDBNull(8) ? double.NaN : reader.GetDouble(8));
}
