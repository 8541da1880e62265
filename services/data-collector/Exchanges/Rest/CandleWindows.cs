using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>
/// Pages through a range of candles. Each page asks for a window that it cannot overfill, so it does not matter from which
/// end an exchange cuts; an empty window may be a long halt, so it does not end the walk. The newest window is read first:
/// a row behind a minute proves that the minute is final, which it does only if it was there before the minute was read.
/// Rows that were not asked for are left out: one of tomorrow would prove everything until then.
/// </summary>
internal static class CandleWindows
{
    /// <returns>Oldest first.</returns>
    public static async Task<IReadOnlyList<Candle>> ReadAsync(
        Timeframe timeframe, long from, long through, int perCall, Func<long, long, Task<IEnumerable<Candle>>> readAsync)
    {
        var pages = new Stack<IEnumerable<Candle>>();
        for (var last = through; last >= from;)
        {
            var first = Math.Max(from, last - ((perCall - 1) * timeframe.Milliseconds));
            pages.Push((await readAsync(first, last)).Where(IsWanted));
            last = first - 1;
        }

        return [.. pages.SelectMany(page => page.OrderBy(candle => candle.OpenTime))];

        bool IsWanted(Candle row) => row.OpenTime >= from && row.OpenTime <= through && timeframe.OpenOf(row.OpenTime) == row.OpenTime;
    }
}
