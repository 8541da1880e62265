using System.Text.Json;

namespace CryptoScreener.Contracts.Candles;

/// <summary>The field names of a candle on the bus, encoded once. A public contract: only additions.</summary>
internal static class CandleFields
{
    internal static readonly JsonEncodedText Exchange = JsonEncodedText.Encode("exchange");
    internal static readonly JsonEncodedText Symbol = JsonEncodedText.Encode("symbol");
    internal static readonly JsonEncodedText Timeframe = JsonEncodedText.Encode("timeframe");
    internal static readonly JsonEncodedText OpenTime = JsonEncodedText.Encode("open_time");
    internal static readonly JsonEncodedText Open = JsonEncodedText.Encode("open");
    internal static readonly JsonEncodedText High = JsonEncodedText.Encode("high");
    internal static readonly JsonEncodedText Low = JsonEncodedText.Encode("low");
    internal static readonly JsonEncodedText Close = JsonEncodedText.Encode("close");
    internal static readonly JsonEncodedText Volume = JsonEncodedText.Encode("volume");
    internal static readonly JsonEncodedText QuoteVolume = JsonEncodedText.Encode("quote_volume");
    internal static readonly JsonEncodedText Trades = JsonEncodedText.Encode("trades");
    internal static readonly JsonEncodedText TakerBuyVolume = JsonEncodedText.Encode("taker_buy_volume");
    internal static readonly JsonEncodedText TakerBuyQuoteVolume = JsonEncodedText.Encode("taker_buy_quote_volume");
    internal static readonly JsonEncodedText Closed = JsonEncodedText.Encode("closed");
    internal static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    internal static readonly JsonEncodedText EventTime = JsonEncodedText.Encode("event_time");
    internal static readonly JsonEncodedText ReceivedAt = JsonEncodedText.Encode("received_at");
    internal static readonly JsonEncodedText Epoch = JsonEncodedText.Encode("epoch");
    internal static readonly JsonEncodedText OneMinute = JsonEncodedText.Encode("1m");
}
