using System.Text.Json;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Contracts.Candles;

/// <summary>A candle as JSON, written and read by hand because every candle of every instrument passes here: no allocation either way.</summary>
public static class CandleCodec
{
    public static void Write(Utf8JsonWriter json, in CandleUpdate update)
    {
        ref readonly var c = ref update;
        json.WriteStartObject();
        json.WriteString(CandleFields.Exchange, c.Instrument.Exchange);
        json.WriteString(CandleFields.Symbol, c.Instrument.Symbol);
        json.WriteString(CandleFields.Timeframe, CandleFields.OneMinute);
        json.WriteNumber(CandleFields.OpenTime, c.Candle.OpenTime);
        json.WriteNumber(CandleFields.Open, c.Candle.Open);
        json.WriteNumber(CandleFields.High, c.Candle.High);
        json.WriteNumber(CandleFields.Low, c.Candle.Low);
        json.WriteNumber(CandleFields.Close, c.Candle.Close);
        json.WriteNumber(CandleFields.Volume, c.Candle.Volume);
        json.WriteNumber(CandleFields.QuoteVolume, c.Candle.QuoteVolume);
        if (c.Candle.Trades >= 0) json.WriteNumber(CandleFields.Trades, c.Candle.Trades);
        if (!double.IsNaN(c.Candle.TakerBuyVolume)) json.WriteNumber(CandleFields.TakerBuyVolume, c.Candle.TakerBuyVolume);
        if (!double.IsNaN(c.Candle.TakerBuyQuoteVolume)) json.WriteNumber(CandleFields.TakerBuyQuoteVolume, c.Candle.TakerBuyQuoteVolume);
        json.WriteBoolean(CandleFields.Closed, c.IsClosed);
        json.WriteString(CandleFields.Source, c.Source.ToWire());
        json.WriteNumber(CandleFields.EventTime, c.EventTime);
        json.WriteNumber(CandleFields.ReceivedAt, c.ReceivedAt);
        json.WriteNumber(CandleFields.Epoch, c.Epoch);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote. The instrument comes from the subject; unknown fields are skipped.</summary>
    /// <returns>False when the bytes are not a candle.</returns>
    public static bool TryRead(ReadOnlySpan<byte> utf8, InstrumentId instrument, out CandleUpdate update)
    {
        update = default;
        try
        {
            var json = new Utf8JsonReader(utf8);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && TryReadFields(ref json, instrument, out update);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException) // a field of the wrong JSON type
        {
            return false;
        }
        catch (FormatException) // a number out of range
        {
            return false;
        }
    }

    private static bool TryReadFields(ref Utf8JsonReader json, InstrumentId instrument, out CandleUpdate update)
    {
        long openTime = 0, trades = Candle.UnknownTrades, eventTime = 0, receivedAt = 0, epoch = 0;
        double open = double.NaN, high = double.NaN, low = double.NaN, close = double.NaN, volume = double.NaN, quoteVolume = double.NaN;
        double takerBuy = double.NaN, takerBuyQuote = double.NaN;
        var closed = false;
        var source = CandleSource.Forming;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref json, CandleFields.OpenTime)) openTime = json.GetInt64();
            else if (Is(ref json, CandleFields.Open)) open = json.GetDouble();
            else if (Is(ref json, CandleFields.High)) high = json.GetDouble();
            else if (Is(ref json, CandleFields.Low)) low = json.GetDouble();
            else if (Is(ref json, CandleFields.Close)) close = json.GetDouble();
            else if (Is(ref json, CandleFields.Volume)) volume = json.GetDouble();
            else if (Is(ref json, CandleFields.QuoteVolume)) quoteVolume = json.GetDouble();
            else if (Is(ref json, CandleFields.Trades)) trades = json.GetInt64();
            else if (Is(ref json, CandleFields.TakerBuyVolume)) takerBuy = json.GetDouble();
            else if (Is(ref json, CandleFields.TakerBuyQuoteVolume)) takerBuyQuote = json.GetDouble();
            else if (Is(ref json, CandleFields.Closed)) closed = json.GetBoolean();
            else if (Is(ref json, CandleFields.Source)) source = ReadSource(ref json);
            else if (Is(ref json, CandleFields.EventTime)) eventTime = json.GetInt64();
            else if (Is(ref json, CandleFields.ReceivedAt)) receivedAt = json.GetInt64();
            else if (Is(ref json, CandleFields.Epoch)) epoch = json.GetInt64();
            else
            {
                json.Read();
                json.Skip();
            }
        }

        var candle = new Candle(openTime, open, high, low, close, volume, quoteVolume, trades, takerBuy, takerBuyQuote);
        update = new CandleUpdate(instrument, candle, closed, source, eventTime, receivedAt, epoch);
        return json.TokenType == JsonTokenType.EndObject && candle.Absurdity() is null;
    }

    private static bool Is(ref Utf8JsonReader json, JsonEncodedText name) =>
        json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(name.EncodedUtf8Bytes) && json.Read();

    private static CandleSource ReadSource(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("exchange"u8)) return CandleSource.Exchange;
        if (json.ValueTextEquals("successor"u8)) return CandleSource.Successor;
        if (json.ValueTextEquals("audit"u8)) return CandleSource.Audit;
        if (json.ValueTextEquals("synthetic"u8)) return CandleSource.Synthetic;
        return json.ValueTextEquals("backfill"u8) ? CandleSource.Backfill : CandleSource.Forming;
    }
}
