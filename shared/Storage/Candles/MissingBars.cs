using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Storage.Candles;

/// <summary>Finds the holes in a run of stored bars.</summary>
internal static class MissingBars
{
    /// <param name="candles">In time order, all within the range.</param>
    internal static List<(long From, long Through)> Of(IReadOnlyList<Candle> candles, Timeframe timeframe, long from, long through)
    {
        var step = timeframe.Milliseconds;
        var missing = new List<(long, long)>();
        var firstBar = timeframe.OpenOf(from);
        var expected = firstBar < from ? firstBar + step : firstBar;
        foreach (var candle in candles)
        {
            if (candle.OpenTime > expected) missing.Add((expected, candle.OpenTime - step));
            expected = candle.OpenTime + step;
        }

        var last = timeframe.OpenOf(through);
        if (last >= expected) missing.Add((expected, last));
        return missing;
    }
}
