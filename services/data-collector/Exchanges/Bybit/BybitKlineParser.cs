using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Bybit;

/// <summary>Reads <c>{"topic":"kline.1.BTCUSDT","type":"snapshot","ts":…,"data":[{…}]}</c> over the bytes as they came.</summary>
internal static class BybitKlineParser
{
    public static FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        try
        {
            var json = new Utf8JsonReader(frame);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return FrameKind.Malformed;
            return ParseMessage(ref json, symbols, out kline);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return FrameKind.Malformed;
        }
    }

    private static FrameKind ParseMessage(ref Utf8JsonReader json, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        FollowedInstrument? instrument = null;
        var fields = default(KlineFields);
        var (isKline, isOneMinute, isError) = (false, false, false);
        long sent = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("topic"u8)) ReadTopic(ref json, symbols, out isKline, out isOneMinute, out instrument);
            else if (json.ValueTextEquals("ts"u8)) sent = NextInteger(ref json);
            else if (json.ValueTextEquals("data"u8)) ReadData(ref json, ref fields);
            else if (json.ValueTextEquals("success"u8)) isError = json.Read() && json.TokenType == JsonTokenType.False;
            else
            {
                json.Read();
                json.Skip();
            }
        }

        if (json.TokenType != JsonTokenType.EndObject) return FrameKind.Malformed;
        if (isError) return FrameKind.Error;
        if (!isKline) return FrameKind.Control;
        if (!isOneMinute || fields.Seen != KlineFields.All || sent == 0) return FrameKind.Malformed;
        if (instrument is null) return FrameKind.UnknownSymbol;
        kline = new Kline(instrument, fields.ToCandle(), fields.IsClosed, sent);
        return FrameKind.Kline;
    }

    private static void ReadTopic(ref Utf8JsonReader json, SymbolLookup symbols, out bool isKline, out bool isOneMinute, out FollowedInstrument? instrument)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String) throw new FormatException("the topic is no text");
        isKline = json.ValueSpan.StartsWith("kline."u8);
        isOneMinute = json.ValueSpan.StartsWith("kline.1."u8);
        instrument = isOneMinute ? symbols.Find(json.ValueSpan["kline.1."u8.Length..]) : null;
    }

    /// <summary>One candle is sent at a time. More than one is refused: the hole is then looked up, and none is lost unseen.</summary>
    private static void ReadData(ref Utf8JsonReader json, ref KlineFields fields)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) // another topic's data
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.StartObject)
        {
            if (fields.Seen != 0) throw new FormatException("more than one candle");
            ReadKline(ref json, ref fields);
        }
    }

    private static void ReadKline(ref Utf8JsonReader json, ref KlineFields k)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("start"u8)) (k.OpenTime, k.Seen) = (NextInteger(ref json), k.Seen | 1);
            else if (json.ValueTextEquals("open"u8)) (k.Open, k.Seen) = (NextNumber(ref json), k.Seen | 2);
            else if (json.ValueTextEquals("high"u8)) (k.High, k.Seen) = (NextNumber(ref json), k.Seen | 4);
            else if (json.ValueTextEquals("low"u8)) (k.Low, k.Seen) = (NextNumber(ref json), k.Seen | 8);
            else if (json.ValueTextEquals("close"u8)) (k.Close, k.Seen) = (NextNumber(ref json), k.Seen | 16);
            else if (json.ValueTextEquals("volume"u8)) (k.Volume, k.Seen) = (NextNumber(ref json), k.Seen | 32);
            else if (json.ValueTextEquals("turnover"u8)) (k.QuoteVolume, k.Seen) = (NextNumber(ref json), k.Seen | 64);
            else if (json.ValueTextEquals("confirm"u8)) (k.IsClosed, k.Seen) = (json.Read() && json.GetBoolean(), k.Seen | 128);
            else
            {
                json.Read();
                json.Skip();
            }
        }
    }

    private static double NextNumber(ref Utf8JsonReader json)
    {
        json.Read();
        return JsonNumbers.Number(ref json);
    }

    private static long NextInteger(ref Utf8JsonReader json)
    {
        json.Read();
        return JsonNumbers.Integer(ref json);
    }

    private ref struct KlineFields
    {
        public const int All = 255;

        public long OpenTime;
        public double Open;
        public double High;
        public double Low;
        public double Close;
        public double Volume;
        public double QuoteVolume;
        public bool IsClosed;
        public int Seen;

        public readonly Candle ToCandle() => new(OpenTime, Open, High, Low, Close, Volume, QuoteVolume);
    }
}
