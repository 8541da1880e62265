using System.Text.Json;
using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Binance;

/// <summary>
/// Reads <c>{"stream":…,"data":{"e":"kline","E":…,"s":…,"k":{…}}}</c> and the same without the wrapper, field by field
/// over the bytes as they came.
/// </summary>
internal static class BinanceKlineParser
{
    public static FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        try
        {
            var json = new Utf8JsonReader(frame);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return FrameKind.Malformed;
            var kind = ParseEvent(ref json, symbols, out kline);
            while (json.Read()) { } // what follows an unwrapped event must be whole too
            return kind;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException) // broken, or a field of another type than promised
        {
            kline = default;
            return FrameKind.Malformed;
        }
    }

    private static FrameKind ParseEvent(ref Utf8JsonReader json, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        var fields = default(KlineFields);
        long eventTime = 0;
        var (isKline, isError, isFarewell) = (false, false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("data"u8))
            {
                json.Read();
                return json.TokenType == JsonTokenType.StartObject ? ParseEvent(ref json, symbols, out kline) : FrameKind.Control;
            }

            if (json.ValueTextEquals("e"u8))
            {
                isKline = json.Read() && json.ValueTextEquals("kline"u8);
                isFarewell = !isKline && json.ValueTextEquals("serverShutdown"u8);
            }
            else if (json.ValueTextEquals("E"u8)) eventTime = ReadInteger(ref json);
            else if (json.ValueTextEquals("k"u8)) ReadKline(ref json, symbols, ref fields);
            else
            {
                isError |= json.ValueTextEquals("error"u8) || json.ValueTextEquals("code"u8);
                json.Read();
                json.Skip();
            }
        }

        if (json.TokenType != JsonTokenType.EndObject) return FrameKind.Malformed;
        if (isError) return FrameKind.Error;
        if (isFarewell) return FrameKind.GoingAway;
        if (!isKline) return FrameKind.Control;
        if (fields.Seen != KlineFields.All || !fields.IsOneMinute) return FrameKind.Malformed;
        if (fields.Instrument is null) return FrameKind.UnknownSymbol;
        kline = new Kline(fields.Instrument, fields.ToCandle(), fields.IsClosed, eventTime);
        return FrameKind.Kline;
    }

    private static void ReadKline(ref Utf8JsonReader json, SymbolLookup symbols, ref KlineFields k)
    {
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan.Length == 1 ? json.ValueSpan[0] : (byte)0;
            json.Read();
            switch (name)
            {
                case (byte)'t': k.OpenTime = JsonNumbers.Integer(ref json); k.Saw(0); break;
                case (byte)'s': k.Instrument = symbols.Find(json.ValueSpan); k.Saw(1); break;
                case (byte)'i': k.IsOneMinute = json.ValueTextEquals("1m"u8); k.Saw(2); break;
                case (byte)'o': k.Open = JsonNumbers.Number(ref json); k.Saw(3); break;
                case (byte)'c': k.Close = JsonNumbers.Number(ref json); k.Saw(4); break;
                case (byte)'h': k.High = JsonNumbers.Number(ref json); k.Saw(5); break;
                case (byte)'l': k.Low = JsonNumbers.Number(ref json); k.Saw(6); break;
                case (byte)'v': k.Volume = JsonNumbers.Number(ref json); k.Saw(7); break;
                case (byte)'n': k.Trades = JsonNumbers.Integer(ref json); k.Saw(8); break;
                case (byte)'x': k.IsClosed = json.GetBoolean(); k.Saw(9); break;
                case (byte)'q': k.QuoteVolume = JsonNumbers.Number(ref json); k.Saw(10); break;
                case (byte)'V': k.TakerBuy = JsonNumbers.Number(ref json); k.Saw(11); break;
                case (byte)'Q': k.TakerBuyQuote = JsonNumbers.Number(ref json); k.Saw(12); break;
                default: json.Skip(); break;
            }
        }
    }

    private static long ReadInteger(ref Utf8JsonReader json)
    {
        json.Read();
        return JsonNumbers.Integer(ref json);
    }

    private ref struct KlineFields
    {
        public const int All = (1 << 13) - 1;

        public Candles.FollowedInstrument? Instrument;
        public long OpenTime;
        public long Trades;
        public double Open;
        public double High;
        public double Low;
        public double Close;
        public double Volume;
        public double QuoteVolume;
        public double TakerBuy;
        public double TakerBuyQuote;
        public bool IsClosed;
        public bool IsOneMinute;
        public int Seen;

        public void Saw(int field) => Seen |= 1 << field;

        public readonly Candle ToCandle() => new(OpenTime, Open, High, Low, Close, Volume, QuoteVolume, Trades, TakerBuy, TakerBuyQuote);
    }
}
