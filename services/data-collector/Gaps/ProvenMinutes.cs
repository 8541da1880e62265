using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Gaps;

/// <summary>What rows of an exchange's history prove about a range of minutes. Pure.</summary>
internal static class ProvenMinutes
{
    /// <summary>
    /// Every minute of the range, or null when the rows do not prove them all: a minute is final only when a row behind it
    /// exists. Minutes that such an answer leaves out had no trades.
    /// </summary>
    /// <param name="rows">Oldest first, asked for through the minute behind the range.</param>
    public static IReadOnlyList<Candle>? Of(IReadOnlyList<Candle> rows, long from, long through)
    {
        if (rows.Count == 0 || rows[^1].OpenTime <= through || rows.Any(row => row.Absurdity() is not null)) return null;
        var proven = new List<Candle>();
        var price = rows[0].Open;
        var next = 0;
        for (var minute = from; minute <= through; minute += Timeframe.MinuteMs)
        {
            for (; rows[next].OpenTime < minute; next++) price = rows[next].Close;
            proven.Add(rows[next].OpenTime == minute ? rows[next] : Candle.Flat(minute, price));
        }

        return proven;
    }

    /// <summary>Quiet minutes are marked, whether the exchange left them out or wrote them flat.</summary>
    public static CandleSource SourceOf(in Candle candle) =>
        candle.Trades == 0 || (candle.Trades == Candle.UnknownTrades && candle.Volume == 0) ? CandleSource.Synthetic : CandleSource.Backfill;
}
