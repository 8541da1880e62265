using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;
using Npgsql;
using NpgsqlTypes;

namespace CryptoScreener.Storage.Candles;

/// <summary>Notes, in the transaction that writes minutes, which ones changed: the bars above are made from that.</summary>
internal static class CandleChanges
{
    /// <summary>Changes are noted by the smallest bars there are by default: finer would be long lists, coarser needless work.</summary>
    internal static readonly Timeframe Grain = new(5);

    internal static async Task NoteAsync(NpgsqlConnection connection, ReadOnlyMemory<CandleRow> rows, CancellationToken stop)
    {
        var changed = GrainsOf(rows.Span);
        if (changed.Count == 0) return;
        await using var command = connection.Sql("INSERT INTO candle_changes (instrument_ids, times) VALUES ($1, $2)")
            .With(changed.Select(change => change.InstrumentId).ToArray())
            .With(changed.Select(change => PgTime.FromUnixMs(change.Time)).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static HashSet<(int InstrumentId, long Time)> GrainsOf(ReadOnlySpan<CandleRow> rows)
    {
        var grains = new HashSet<(int, long)>();
        foreach (ref readonly var row in rows)
            if (row.Timeframe == Timeframe.OneMinute) grains.Add((row.InstrumentId, Grain.OpenOf(row.Candle.OpenTime)));
        return grains;
    }
}
