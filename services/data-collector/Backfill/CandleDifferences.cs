using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Which candles of the exchange are not stored as they are. Pure.</summary>
internal static class CandleDifferences
{
    /// <param name="stored">Oldest first.</param>
    /// <param name="told">Oldest first, without holes.</param>
    public static IReadOnlyList<Candle> Of(IReadOnlyList<Candle> stored, IReadOnlyList<Candle> told)
    {
        var different = new List<Candle>();
        var next = 0;
        foreach (var candle in told)
        {
            while (next < stored.Count && stored[next].OpenTime < candle.OpenTime) next++;
            if (next == stored.Count || !IsSame(stored[next], candle)) different.Add(candle);
        }

        return different;
    }

    /// <summary>A flat minute of our own making knows that nobody traded, which some exchanges cannot say.</summary>
    private static bool IsSame(in Candle stored, in Candle told) =>
        stored == told
        || (stored.Trades == 0 && told is { Trades: Candle.UnknownTrades, Volume: 0 } && stored == Candle.Flat(told.OpenTime, told.Close) && told.Open == told.Close);
}
