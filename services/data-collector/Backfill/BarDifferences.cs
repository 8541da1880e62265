using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Which bars of the exchange above the minute are not stored as they are. Pure.</summary>
internal static class BarDifferences
{
    /// <summary>A sum of minutes differs from the exchange's own: each minute's turnover was rounded, to two digits by some.</summary>
    private const double Rounding = 1e-6;

    /// <param name="stored">Oldest first; those that we made of minutes among them.</param>
    /// <param name="told">Oldest first.</param>
    public static IReadOnlyList<Candle> Of(IReadOnlyList<Candle> stored, IReadOnlyList<Candle> told)
    {
        var known = stored.ToDictionary(bar => bar.OpenTime);
        return [.. told.Where(bar => bar.Absurdity() is null && !(known.TryGetValue(bar.OpenTime, out var ours) && IsSame(ours, bar)))];
    }

    /// <summary>What the exchange does not tell cannot be wrong.</summary>
    private static bool IsSame(in Candle ours, in Candle told) =>
        (ours.Open, ours.High, ours.Low, ours.Close) == (told.Open, told.High, told.Low, told.Close)
        && IsNear(ours.Volume, told.Volume)
        && IsNear(ours.QuoteVolume, told.QuoteVolume)
        && (told.Trades == Candle.UnknownTrades || told.Trades == ours.Trades)
        && (double.IsNaN(told.TakerBuyVolume) || IsNear(ours.TakerBuyVolume, told.TakerBuyVolume))
        && (double.IsNaN(told.TakerBuyQuoteVolume) || IsNear(ours.TakerBuyQuoteVolume, told.TakerBuyQuoteVolume));

    private static bool IsNear(double ours, double told) => Math.Abs(ours - told) <= Rounding * Math.Max(Math.Abs(ours), Math.Abs(told));
}
