using CryptoScreener.ExchangeSimulator.Feeds;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Okx;

/// <summary>OKX's push messages.</summary>
internal sealed class OkxFormat : IWireFormat
{
    public void WriteKline(ref Utf8Builder json, Instrument instrument, Interval interval, in Bar bar, bool isClosed, long eventTime)
    {
        json.Raw("{\"arg\":{\"channel\":\"candle"u8);
        json.Raw(interval.NameBytes);
        json.Raw("\",\"instId\":\""u8);
        json.Raw(instrument.SymbolBytes);
        json.Raw("\"},\"data\":["u8);
        OkxContract.WriteRow(ref json, instrument, bar, isClosed);
        json.Raw("]}"u8);
    }

    public void WriteTicker(ref Utf8Builder json, TickerKind kind, Instrument instrument, in Bar day, long eventTime)
    {
        json.Raw("{\"arg\":{\"channel\":\"tickers\",\"instId\":\""u8);
        json.Raw(instrument.SymbolBytes);
        json.Raw("\"},\"data\":["u8);
        WriteTickerBody(ref json, instrument, day, eventTime);
        json.Raw("]}"u8);
    }

    public static void WriteTickerBody(ref Utf8Builder json, Instrument instrument, in Bar day, long eventTime)
    {
        json.Raw("{\"instType\":\"SWAP\",\"instId\":\""u8);
        json.Raw(instrument.SymbolBytes);
        Price(ref json, "\",\"last\":\""u8, day.Close, instrument);
        json.Raw("\",\"lastSz\":\"1"u8);
        Price(ref json, "\",\"askPx\":\""u8, day.Close + 1, instrument);
        json.Raw("\",\"askSz\":\"1"u8);
        Price(ref json, "\",\"bidPx\":\""u8, day.Close, instrument);
        json.Raw("\",\"bidSz\":\"1"u8);
        Price(ref json, "\",\"open24h\":\""u8, day.Open, instrument);
        Price(ref json, "\",\"high24h\":\""u8, day.High, instrument);
        Price(ref json, "\",\"low24h\":\""u8, day.Low, instrument);
        json.Raw("\",\"volCcy24h\":\""u8);
        json.Decimal(day.Lots, instrument.LotDigits);
        json.Raw("\",\"vol24h\":\""u8);
        json.Decimal(day.Lots, OkxContract.ContractDigits);
        json.Raw("\",\"ts\":\""u8);
        json.Number(eventTime);
        json.Raw("\"}"u8);
    }

    private static void Price(ref Utf8Builder json, ReadOnlySpan<byte> name, long ticks, Instrument instrument)
    {
        json.Raw(name);
        json.Decimal(ticks, instrument.PriceDigits);
    }
}
