using System.Text.Json;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>A candle as clients get it, over REST and over sockets: an array of numbers, null where an exchange does not tell.</summary>
internal static class CandleJson
{
    /// <summary>Open time, open, high, low, close, volume, quote volume, trades, taker buy volume.</summary>
    public static void WriteCandle(this Utf8JsonWriter json, in Candle candle)
    {
        json.WriteStartArray();
        json.WriteNumberValue(candle.OpenTime);
        json.WriteNumberValue(candle.Open);
        json.WriteNumberValue(candle.High);
        json.WriteNumberValue(candle.Low);
        json.WriteNumberValue(candle.Close);
        json.WriteNumberValue(candle.Volume);
        json.WriteNumberValue(candle.QuoteVolume);
        if (candle.Trades < 0) json.WriteNullValue();
        else json.WriteNumberValue(candle.Trades);
        if (double.IsFinite(candle.TakerBuyVolume)) json.WriteNumberValue(candle.TakerBuyVolume);
        else json.WriteNullValue();
        json.WriteEndArray();
    }
}
