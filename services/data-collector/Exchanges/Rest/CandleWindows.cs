using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Rest;

/// <summary>
/// Pages through a range of candles where pages come newest first. Each page asks for a window that it cannot overfill, so
/// it does not matter from which end an exchange cuts; an empty window may be a long halt, so it does not end the walk.
/// </summary>
internal static class CandleWindows
{
    public static async Task<IReadOnlyList<Candle>> ReadAsync(
        Timeframe timeframe, long from, long through, int perCall, Func<long, long, Task<IEnumerable<Candle>>> readNewestFirstAsync)
    {
        var candles = new List<Candle>();
        for (; from <= through; from += perCall * timeframe.Milliseconds)
        {
            var last = Math.Min(through, from + ((perCall - 1) * timeframe.Milliseconds));
            candles.AddRange((await readNewestFirstAsync(from, last)).Reverse());
        }

        return candles;
    }
}
