namespace CryptoScreener.Contracts.Candles;

/// <summary>The numbers of one bar. <see cref="Trades"/> is −1 and the taker volumes are NaN where an exchange does not tell them.</summary>
public readonly record struct Candle(
    long OpenTime,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume,
    double QuoteVolume,
    long Trades = Candle.UnknownTrades,
    double TakerBuyVolume = double.NaN,
    double TakerBuyQuoteVolume = double.NaN)
{
    public const long UnknownTrades = -1;

    /// <summary>The candle of a minute in which nobody traded.</summary>
    public static Candle Flat(long openTime, double price) => new(openTime, price, price, price, price, 0, 0, 0, 0, 0);

    /// <summary>One bar of this one and the next: what either does not tell, the whole does not.</summary>
    public Candle JoinedWith(in Candle later) => this with
    {
        High = Math.Max(High, later.High),
        Low = Math.Min(Low, later.Low),
        Close = later.Close,
        Volume = Volume + later.Volume,
        QuoteVolume = QuoteVolume + later.QuoteVolume,
        Trades = Trades == UnknownTrades || later.Trades == UnknownTrades ? UnknownTrades : Trades + later.Trades,
        TakerBuyVolume = TakerBuyVolume + later.TakerBuyVolume,
        TakerBuyQuoteVolume = TakerBuyQuoteVolume + later.TakerBuyQuoteVolume,
    };

    /// <summary>Null when the numbers can be true together, otherwise what is wrong with them.</summary>
    public string? Absurdity()
    {
        if (!(double.IsFinite(Open) && double.IsFinite(High) && double.IsFinite(Low) && double.IsFinite(Close))) return "a price is not finite";
        if (Open <= 0 || High <= 0 || Low <= 0 || Close <= 0) return "a price is not positive";
        if (High < Low) return "high is below low";
        if (Open > High || Open < Low || Close > High || Close < Low) return "open or close lies outside high and low";
        if (!(Volume >= 0) || !(QuoteVolume >= 0) || !double.IsFinite(Volume) || !double.IsFinite(QuoteVolume)) return "a volume is negative or not finite";
        if (TakerBuyVolume < 0 || TakerBuyQuoteVolume < 0 || double.IsInfinity(TakerBuyVolume) || double.IsInfinity(TakerBuyQuoteVolume))
            return "a taker volume is negative or infinite";
        if (Trades < UnknownTrades) return "the number of trades is negative";
        return OpenTime <= 0 ? "the open time is not positive" : null;
    }
}
