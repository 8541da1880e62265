using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>Bars of timeframes that an exchange does not have, made of its longest ones that fit into them.</summary>
internal static class MergedBars
{
    /// <param name="native">What the exchange has, in minutes.</param>
    public static async Task<IReadOnlyList<Candle>> ReadAsync(
        Timeframe timeframe, IReadOnlyList<int> native, long from, long through, Func<Timeframe, long, long, Task<IReadOnlyList<Candle>>> readAsync)
    {
        var part = new Timeframe(native.Where(minutes => timeframe.Minutes % minutes == 0).Max());
        var lastPart = through + timeframe.Milliseconds - part.Milliseconds;
        return part == timeframe ? await readAsync(timeframe, from, through) : Of(await readAsync(part, from, lastPart), timeframe);
    }

    /// <summary>An exchange leaves no bar out of the middle, so what a first bar lacks was before the listing, as in a bar of its own.</summary>
    public static IReadOnlyList<Candle> Of(IReadOnlyList<Candle> parts, Timeframe timeframe)
    {
        var bars = new List<Candle>();
        foreach (var part in parts)
        {
            var open = timeframe.OpenOf(part.OpenTime);
            if (bars.Count > 0 && bars[^1].OpenTime == open) bars[^1] = bars[^1].JoinedWith(part);
            else bars.Add(part with { OpenTime = open });
        }

        return bars;
    }
}
