using CryptoScreener.Contracts.Hashing;

namespace CryptoScreener.Contracts.Candles;

/// <summary>Identifies what a candle says, not when it was seen: the same closed candle sent twice has one id, a correction another.</summary>
public static class CandleContentHash
{
    public static ulong Of(in Candle candle) => new Fnv1a64()
        .Add(candle.OpenTime)
        .Add(candle.Open).Add(candle.High).Add(candle.Low).Add(candle.Close)
        .Add(candle.Volume).Add(candle.QuoteVolume)
        .Add(candle.Trades)
        .Add(candle.TakerBuyVolume).Add(candle.TakerBuyQuoteVolume)
        .Value;
}
