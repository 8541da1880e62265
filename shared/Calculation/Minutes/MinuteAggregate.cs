using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.Calculation.Minutes;

/// <summary>
/// A run of minutes as one bar, with how many of them there were. Runs are joined oldest first and never subtracted,
/// so a sum holds exactly the numbers of its own minutes and an extreme needs no candidates kept.
/// </summary>
internal struct MinuteAggregate
{
    internal int Count;
    internal double Open;
    internal double High;
    internal double Low;
    internal double Close;
    internal double Volume;
    internal double QuoteVolume;
    internal double TakerBuyVolume;

    /// <summary>NaN when a minute did not tell its number of trades.</summary>
    internal double Trades;

    /// <summary>No minutes yet. What is not kept of them is NaN and stays so, whatever is joined.</summary>
    internal static MinuteAggregate EmptyOf(CandleParts fields) => new()
    {
        High = (fields & CandleParts.High) != 0 ? double.NegativeInfinity : double.NaN,
        Low = (fields & CandleParts.Low) != 0 ? double.PositiveInfinity : double.NaN,
        Volume = SumOf(fields & CandleParts.Volume),
        QuoteVolume = SumOf(fields & CandleParts.QuoteVolume),
        TakerBuyVolume = SumOf(fields & CandleParts.TakerBuyVolume),
        Trades = SumOf(fields & CandleParts.Trades),
    };

    internal static MinuteAggregate Of(in Candle candle) => new()
    {
        Count = 1,
        Open = candle.Open,
        High = candle.High,
        Low = candle.Low,
        Close = candle.Close,
        Volume = candle.Volume,
        QuoteVolume = candle.QuoteVolume,
        TakerBuyVolume = candle.TakerBuyVolume,
        Trades = candle.Trades < 0 ? double.NaN : candle.Trades,
    };

    internal void Append(in MinuteAggregate later)
    {
        if (later.Count == 0) return;
        if (Count == 0) Open = later.Open;
        Close = later.Close;
        if (later.High > High) High = later.High;
        if (later.Low < Low) Low = later.Low;
        Volume += later.Volume;
        QuoteVolume += later.QuoteVolume;
        TakerBuyVolume += later.TakerBuyVolume;
        Trades += later.Trades;
        Count += later.Count;
    }

    private static double SumOf(CandleParts kept) => kept == 0 ? double.NaN : 0;
}
