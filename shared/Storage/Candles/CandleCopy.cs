using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.TimeTables;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Candles;

/// <summary>
/// Candles as rows. Of two that disagree about one bar the higher source wins; between equal sources the fuller minute, as
/// calculators decide (<see cref="CandlePrecedence"/>), and the later bar, because bars above are made again from their minutes.
/// </summary>
internal sealed class CandleCopy : ICopyTarget<CandleRow>
{
    internal const string Key = "instrument_id, timeframe, open_time";
    internal const string Numbers = "open, high, low, close, volume, quote_volume, taker_buy_volume, taker_buy_quote_volume, trades";
    private static readonly string[] Changed = [.. Numbers.Split(", "), "source"];

    internal const string AllColumns = $"{Key}, {Numbers}, source";

    internal static readonly CandleCopy Instance = new();

    public string Columns => AllColumns;

    public TimeTable TableOf(in CandleRow row) => TimeTable.OfCandles(row.Timeframe);

    public long TimeOf(in CandleRow row) => row.Candle.OpenTime;

    public int Compare(in CandleRow left, in CandleRow right)
    {
        var order = TableOf(in left).Days.CompareTo(TableOf(in right).Days);
        if (order == 0) order = left.InstrumentId.CompareTo(right.InstrumentId);
        if (order == 0) order = left.Timeframe.CompareTo(right.Timeframe);
        return order != 0 ? order : left.Candle.OpenTime.CompareTo(right.Candle.OpenTime);
    }

    public bool Replaces(in CandleRow later, in CandleRow earlier) => later.Timeframe == Timeframe.OneMinute
        ? CandlePrecedence.Outranks(later.Candle, later.Source, earlier.Candle, earlier.Source)
        : later.Source.Rank() >= earlier.Source.Rank();

    public async ValueTask WriteAsync(NpgsqlBinaryImporter importer, CandleRow row, CancellationToken stop)
    {
        var candle = row.Candle;
        await importer.WriteAsync(row.InstrumentId, NpgsqlDbType.Integer, stop);
        await importer.WriteAsync(checked((short)row.Timeframe.Minutes), NpgsqlDbType.Smallint, stop);
        await importer.WriteAsync(PgTime.FromUnixMs(candle.OpenTime), NpgsqlDbType.TimestampTz, stop);
        await importer.WriteAsync(candle.Open, NpgsqlDbType.Double, stop);
        await importer.WriteAsync(candle.High, NpgsqlDbType.Double, stop);
        await importer.WriteAsync(candle.Low, NpgsqlDbType.Double, stop);
        await importer.WriteAsync(candle.Close, NpgsqlDbType.Double, stop);
        await importer.WriteAsync(candle.Volume, NpgsqlDbType.Double, stop);
        await importer.WriteAsync(candle.QuoteVolume, NpgsqlDbType.Double, stop);
        await WriteKnownAsync(importer, candle.TakerBuyVolume, stop);
        await WriteKnownAsync(importer, candle.TakerBuyQuoteVolume, stop);
        if (candle.Trades >= 0) await importer.WriteAsync(candle.Trades, NpgsqlDbType.Bigint, stop);
        else await importer.WriteNullAsync(stop);
        await importer.WriteAsync((short)row.Source, NpgsqlDbType.Smallint, stop);
    }

    public string MergeInto(TimeTable table, string staging) => $"""
        INSERT INTO {table.Name} AS t ({Columns})
        SELECT {Columns} FROM {staging} ORDER BY {Key}
        {(table == TimeTable.CandlesMinute ? OnMinuteConflict : OnConflict)}
        """;

    /// <summary>For an insert of bars into <c>t</c>.</summary>
    internal static string OnConflict { get; } = $"""
        ON CONFLICT ({Key}) DO UPDATE SET {string.Join(", ", Changed.Select(column => $"{column} = excluded.{column}"))}
        WHERE candle_source_rank(excluded.source) > candle_source_rank(t.source)
           OR (excluded.source = t.source AND ({Of("t")}) IS DISTINCT FROM ({Of("excluded")}))
        """;

    private static string OnMinuteConflict { get; } = $"""
        ON CONFLICT ({Key}) DO UPDATE SET {string.Join(", ", Changed.Select(column => $"{column} = excluded.{column}"))}
        WHERE candle_source_rank(excluded.source) > candle_source_rank(t.source)
           OR (excluded.source = t.source AND ({FullnessOf("excluded")}) > ({FullnessOf("t")}))
        """;

    /// <summary>The order of <see cref="CandlePrecedence.IsFuller"/>.</summary>
    private static string FullnessOf(string row) =>
        $"{row}.volume, {row}.quote_volume, coalesce({row}.trades, -1), {row}.high, {row}.low, {row}.open, {row}.close, "
        + $"coalesce({row}.taker_buy_volume, -1), coalesce({row}.taker_buy_quote_volume, -1)";

    private static string Of(string row) => string.Join(", ", Numbers.Split(", ").Select(column => $"{row}.{column}"));

    private static Task WriteKnownAsync(NpgsqlBinaryImporter importer, double value, CancellationToken stop) =>
        double.IsNaN(value) ? importer.WriteNullAsync(stop) : importer.WriteAsync(value, NpgsqlDbType.Double, stop);
}
