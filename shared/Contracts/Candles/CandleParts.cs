namespace CryptoScreener.Contracts.Candles;

/// <summary>Numbers of a candle, for whoever reads millions of them and needs a few.</summary>
[Flags]
public enum CandleParts
{
    None = 0,
    Open = 1,
    High = 2,
    Low = 4,
    Close = 8,
    Volume = 16,
    QuoteVolume = 32,
    TakerBuyVolume = 64,
    TakerBuyQuoteVolume = 128,
    Trades = 256,

    /// <summary>What bars of any timeframe are made of.</summary>
    Bar = Open | High | Low | Close | Volume | QuoteVolume,

    All = Bar | TakerBuyVolume | TakerBuyQuoteVolume | Trades,
}
