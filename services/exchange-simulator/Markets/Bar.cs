namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// One bar in whole numbers: prices in ticks, base volumes in lots, quote volumes in <see cref="QuoteDigits"/> decimals.
/// Whole numbers add without rounding, so a bar of any interval equals the merge of its minutes to the last digit.
/// </summary>
internal readonly record struct Bar(
    long OpenTime,
    long Open,
    long High,
    long Low,
    long Close,
    long Lots,
    long Quote,
    long Trades,
    long TakerLots,
    long TakerQuote,
    long FirstTradeId,
    long LastTradeId)
{
    public const int QuoteDigits = 5;
    public const double QuoteScale = 100_000;
    public const long NoTrade = -1;

    /// <summary>Nothing yet: the neutral element of <see cref="Merge"/>.</summary>
    public static readonly Bar None;

    public static Bar Flat(long openTime, long ticks) => new(openTime, ticks, ticks, ticks, ticks, 0, 0, 0, 0, 0, NoTrade, NoTrade);

    public bool IsNone => Open == 0;

    public static Bar Merge(in Bar earlier, in Bar later)
    {
        if (earlier.IsNone) return later;
        if (later.IsNone) return earlier;
        return new Bar(
            earlier.OpenTime,
            earlier.Open,
            Math.Max(earlier.High, later.High),
            Math.Min(earlier.Low, later.Low),
            later.Close,
            earlier.Lots + later.Lots,
            earlier.Quote + later.Quote,
            earlier.Trades + later.Trades,
            earlier.TakerLots + later.TakerLots,
            earlier.TakerQuote + later.TakerQuote,
            earlier.FirstTradeId == NoTrade ? later.FirstTradeId : earlier.FirstTradeId,
            later.LastTradeId == NoTrade ? earlier.LastTradeId : later.LastTradeId);
    }
}
