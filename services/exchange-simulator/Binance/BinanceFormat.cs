using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Binance;

/// <summary>Binance's stream payloads.</summary>
internal sealed class BinanceFormat : IWireFormat
{
    public void WriteKline(ref Utf8Builder json, Instrument instrument, Interval interval, in Bar bar, bool isClosed, long eventTime)
    {
        var symbol = instrument.SymbolBytes;
        json.Raw("{\"e\":\"kline\",\"E\":"u8);
        json.Number(eventTime);
        json.Raw(",\"s\":\""u8);
        json.Raw(symbol);
        json.Raw("\",\"k\":{\"t\":"u8);
        json.Number(bar.OpenTime);
        json.Raw(",\"T\":"u8);
        json.Number((interval.NextMinute(bar.OpenTime / 60_000) * 60_000) - 1);
        json.Raw(",\"s\":\""u8);
        json.Raw(symbol);
        json.Raw("\",\"i\":\""u8);
        json.Raw(interval.NameBytes);
        json.Raw("\",\"f\":"u8);
        json.Number(bar.FirstTradeId);
        json.Raw(",\"L\":"u8);
        json.Number(bar.LastTradeId);
        Price(ref json, ",\"o\":\""u8, bar.Open, instrument);
        Price(ref json, "\",\"c\":\""u8, bar.Close, instrument);
        Price(ref json, "\",\"h\":\""u8, bar.High, instrument);
        Price(ref json, "\",\"l\":\""u8, bar.Low, instrument);
        json.Raw("\",\"v\":\""u8);
        json.Decimal(bar.Lots, instrument.LotDigits);
        json.Raw("\",\"n\":"u8);
        json.Number(bar.Trades);
        json.Raw(isClosed ? ",\"x\":true,\"q\":\""u8 : ",\"x\":false,\"q\":\""u8);
        json.Decimal(bar.Quote, Bar.QuoteDigits);
        json.Raw("\",\"V\":\""u8);
        json.Decimal(bar.TakerLots, instrument.LotDigits);
        json.Raw("\",\"Q\":\""u8);
        json.Decimal(bar.TakerQuote, Bar.QuoteDigits);
        json.Raw("\",\"B\":\"0\"}}"u8);
    }

    public void WriteTicker(ref Utf8Builder json, TickerKind kind, Instrument instrument, in Bar day, long eventTime)
    {
        json.Raw(kind == TickerKind.Full ? "{\"e\":\"24hrTicker\",\"E\":"u8 : "{\"e\":\"24hrMiniTicker\",\"E\":"u8);
        json.Number(eventTime);
        json.Raw(",\"s\":\""u8);
        json.Raw(instrument.SymbolBytes);
        if (kind == TickerKind.Full)
        {
            Price(ref json, "\",\"p\":\""u8, day.Close - day.Open, instrument);
            json.Raw("\",\"P\":\""u8);
            json.Decimal((long)Math.Round((day.Close - day.Open) * 100_000.0 / day.Open), 3);
            Price(ref json, "\",\"w\":\""u8, AveragePrice(day, instrument), instrument);
        }

        Price(ref json, "\",\"c\":\""u8, day.Close, instrument);
        if (kind == TickerKind.Full) Price(ref json, "\",\"Q\":\"1\",\"o\":\""u8, day.Open, instrument);
        else Price(ref json, "\",\"o\":\""u8, day.Open, instrument);
        Price(ref json, "\",\"h\":\""u8, day.High, instrument);
        Price(ref json, "\",\"l\":\""u8, day.Low, instrument);
        json.Raw("\",\"v\":\""u8);
        json.Decimal(day.Lots, instrument.LotDigits);
        json.Raw("\",\"q\":\""u8);
        json.Decimal(day.Quote, Bar.QuoteDigits);
        json.Raw("\""u8);
        if (kind == TickerKind.Full)
        {
            Number(ref json, ",\"O\":"u8, day.OpenTime);
            Number(ref json, ",\"C\":"u8, eventTime);
            Number(ref json, ",\"F\":"u8, day.FirstTradeId);
            Number(ref json, ",\"L\":"u8, day.LastTradeId);
            Number(ref json, ",\"n\":"u8, day.Trades);
        }

        json.Raw("}"u8);
    }

    /// <summary>Volume-weighted, in ticks; the last price when nothing traded.</summary>
    public static long AveragePrice(in Bar day, Instrument instrument) =>
        day.Lots == 0 ? day.Close : (long)Math.Round(day.Quote / Bar.QuoteScale / (day.Lots * instrument.Lot) / instrument.Tick);

    private static void Price(ref Utf8Builder json, ReadOnlySpan<byte> name, long ticks, Instrument instrument)
    {
        json.Raw(name);
        json.Decimal(ticks, instrument.PriceDigits);
    }

    private static void Number(ref Utf8Builder json, ReadOnlySpan<byte> name, long value)
    {
        json.Raw(name);
        json.Number(value);
    }
}
