using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Http;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>The bodies of Binance's HTTP answers.</summary>
internal static class BinanceDocuments
{
    public static void Empty(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    public static void Time(Utf8JsonWriter json, long now)
    {
        json.WriteStartObject();
        json.WriteNumber("serverTime", now);
        json.WriteEndObject();
    }

    public static void Klines(Utf8JsonWriter json, Instrument instrument, Interval interval, List<Bar> bars)
    {
        json.WriteStartArray();
        foreach (var bar in bars)
        {
            json.WriteStartArray();
            json.WriteNumberValue(bar.OpenTime);
            json.WriteScaledValue(bar.Open, instrument.PriceDigits);
            json.WriteScaledValue(bar.High, instrument.PriceDigits);
            json.WriteScaledValue(bar.Low, instrument.PriceDigits);
            json.WriteScaledValue(bar.Close, instrument.PriceDigits);
            json.WriteScaledValue(bar.Lots, instrument.LotDigits);
            json.WriteNumberValue((interval.NextMinute(bar.OpenTime / 60_000) * 60_000) - 1);
            json.WriteScaledValue(bar.Quote, Bar.QuoteDigits);
            json.WriteNumberValue(bar.Trades);
            json.WriteScaledValue(bar.TakerLots, instrument.LotDigits);
            json.WriteScaledValue(bar.TakerQuote, Bar.QuoteDigits);
            json.WriteStringValue("0"u8);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    public static void Tickers(Utf8JsonWriter json, List<(Instrument Instrument, Bar Day)> days, long now)
    {
        json.WriteStartArray();
        foreach (var (instrument, day) in days) Ticker(json, instrument, day, now);
        json.WriteEndArray();
    }

    public static void Ticker(Utf8JsonWriter json, Instrument instrument, in Bar day, long now)
    {
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteScaled("priceChange", day.Close - day.Open, instrument.PriceDigits);
        json.WriteScaled("priceChangePercent", (long)Math.Round((day.Close - day.Open) * 100_000.0 / day.Open), 3);
        json.WriteScaled("weightedAvgPrice", BinanceFormat.AveragePrice(day, instrument), instrument.PriceDigits);
        json.WriteScaled("lastPrice", day.Close, instrument.PriceDigits);
        json.WriteString("lastQty", "1");
        json.WriteScaled("openPrice", day.Open, instrument.PriceDigits);
        json.WriteScaled("highPrice", day.High, instrument.PriceDigits);
        json.WriteScaled("lowPrice", day.Low, instrument.PriceDigits);
        json.WriteScaled("volume", day.Lots, instrument.LotDigits);
        json.WriteScaled("quoteVolume", day.Quote, Bar.QuoteDigits);
        json.WriteNumber("openTime", day.OpenTime);
        json.WriteNumber("closeTime", now);
        json.WriteNumber("firstId", day.FirstTradeId);
        json.WriteNumber("lastId", day.LastTradeId);
        json.WriteNumber("count", day.Trades);
        json.WriteEndObject();
    }
}
