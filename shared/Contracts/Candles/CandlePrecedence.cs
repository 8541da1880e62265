namespace CryptoScreener.Contracts.Candles;

/// <summary>
/// Which of two closed candles of one minute counts. It depends on what they say, never on which came first, so whoever saw
/// the same candles holds the same one: every calculator, however often restarted, and the database, which decides alike.
/// </summary>
public static class CandlePrecedence
{
    /// <summary>True when a candle takes the other's place: its source ranks higher, or as high and it is the fuller one.</summary>
    public static bool Outranks(in Candle candle, CandleSource source, in Candle other, CandleSource otherSource)
    {
        var byRank = source.Rank().CompareTo(otherSource.Rank());
        return byRank != 0 ? byRank > 0 : IsFuller(in candle, in other);
    }

    /// <summary>Within a minute volume only grows, so more of it is later news. The other numbers only make the order total.</summary>
    public static bool IsFuller(in Candle candle, in Candle other)
    {
        var order = candle.Volume.CompareTo(other.Volume);
        if (order == 0) order = candle.QuoteVolume.CompareTo(other.QuoteVolume);
        if (order == 0) order = candle.Trades.CompareTo(other.Trades);
        if (order == 0) order = candle.High.CompareTo(other.High);
        if (order == 0) order = candle.Low.CompareTo(other.Low);
        if (order == 0) order = candle.Open.CompareTo(other.Open);
        if (order == 0) order = candle.Close.CompareTo(other.Close);
        if (order == 0) order = candle.TakerBuyVolume.CompareTo(other.TakerBuyVolume); // NaN, unknown, is below all
        if (order == 0) order = candle.TakerBuyQuoteVolume.CompareTo(other.TakerBuyQuoteVolume);
        return order > 0;
    }
}
