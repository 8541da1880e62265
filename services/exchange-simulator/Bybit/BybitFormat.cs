using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Bybit;

/// <summary>Bybit's push messages.</summary>
internal sealed class BybitFormat : IWireFormat
{
    /// <summary>A candle is pushed at least every 60 seconds, whatever trades.</summary>
    public bool ClosesQuietBars => true;

    public void WriteKline(ref Utf8Builder json, Instrument instrument, Interval interval, in Bar bar, bool isClosed, long eventTime)
    {
        json.Raw("{\"topic\":\"kline."u8);
        json.Raw(interval.NameBytes);
        json.Raw("."u8);
        json.Raw(instrument.SymbolBytes);
        json.Raw("\",\"data\":[{\"start\":"u8);
        json.Number(bar.OpenTime);
        json.Raw(",\"end\":"u8);
        json.Number((interval.NextMinute(bar.OpenTime / 60_000) * 60_000) - 1);
        json.Raw(",\"interval\":\""u8);
        json.Raw(interval.NameBytes);
        Text(ref json, "\",\"open\":\""u8, bar.Open, instrument.PriceDigits);
        Text(ref json, "\",\"close\":\""u8, bar.Close, instrument.PriceDigits);
        Text(ref json, "\",\"high\":\""u8, bar.High, instrument.PriceDigits);
        Text(ref json, "\",\"low\":\""u8, bar.Low, instrument.PriceDigits);
        Text(ref json, "\",\"volume\":\""u8, bar.Lots, instrument.LotDigits);
        Text(ref json, "\",\"turnover\":\""u8, bar.Quote, Bar.QuoteDigits);
        json.Raw(isClosed ? "\",\"confirm\":true,\"timestamp\":"u8 : "\",\"confirm\":false,\"timestamp\":"u8);
        json.Number(eventTime);
        json.Raw("}],\"ts\":"u8);
        json.Number(eventTime);
        json.Raw(",\"type\":\"snapshot\"}"u8);
    }

    public void WriteTicker(ref Utf8Builder json, TickerKind kind, Instrument instrument, in Bar day, long eventTime)
    {
        json.Raw("{\"topic\":\"tickers."u8);
        json.Raw(instrument.SymbolBytes);
        json.Raw("\",\"type\":\"snapshot\",\"data\":"u8);
        WriteTickerBody(ref json, instrument, day);
        json.Raw(",\"cs\":1,\"ts\":"u8);
        json.Number(eventTime);
        json.Raw("}"u8);
    }

    public static void WriteTickerBody(ref Utf8Builder json, Instrument instrument, in Bar day)
    {
        json.Raw("{\"symbol\":\""u8);
        json.Raw(instrument.SymbolBytes);
        Text(ref json, "\",\"lastPrice\":\""u8, day.Close, instrument.PriceDigits);
        Text(ref json, "\",\"indexPrice\":\""u8, day.Close, instrument.PriceDigits);
        Text(ref json, "\",\"markPrice\":\""u8, day.Close, instrument.PriceDigits);
        Text(ref json, "\",\"prevPrice24h\":\""u8, day.Open, instrument.PriceDigits);
        Text(ref json, "\",\"price24hPcnt\":\""u8, (long)Math.Round((day.Close - day.Open) * 1e6 / day.Open), 6);
        Text(ref json, "\",\"highPrice24h\":\""u8, day.High, instrument.PriceDigits);
        Text(ref json, "\",\"lowPrice24h\":\""u8, day.Low, instrument.PriceDigits);
        Text(ref json, "\",\"prevPrice1h\":\""u8, day.Close, instrument.PriceDigits);
        Text(ref json, "\",\"openInterest\":\""u8, day.Lots / 2, instrument.LotDigits);
        Text(ref json, "\",\"openInterestValue\":\""u8, day.Quote / 2, Bar.QuoteDigits);
        json.Raw("\",\"fundingRate\":\"0.0001\",\"nextFundingTime\":\"0"u8);
        Text(ref json, "\",\"turnover24h\":\""u8, day.Quote, Bar.QuoteDigits);
        Text(ref json, "\",\"volume24h\":\""u8, day.Lots, instrument.LotDigits);
        Text(ref json, "\",\"bid1Price\":\""u8, day.Close, instrument.PriceDigits);
        Text(ref json, "\",\"bid1Size\":\"1\",\"ask1Price\":\""u8, day.Close + 1, instrument.PriceDigits);
        json.Raw("\",\"ask1Size\":\"1\"}"u8);
    }

    private static void Text(ref Utf8Builder json, ReadOnlySpan<byte> name, long value, int digits)
    {
        json.Raw(name);
        json.Decimal(value, digits);
    }
}
