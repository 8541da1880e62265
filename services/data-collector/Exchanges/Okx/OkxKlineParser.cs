using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Exchanges.Okx;

/// <summary>Reads <c>{"arg":{"channel":"candle1m","instId":…},"data":[[ts,o,h,l,c,vol,volCcy,volCcyQuote,confirm]]}</c> over the bytes as they came.</summary>
internal static class OkxKlineParser
{
    /// <summary>The code of the notice that a connection will be closed for an upgrade.</summary>
    private static ReadOnlySpan<byte> ClosesSoon => "64008"u8;

    public static FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        if (frame.SequenceEqual("pong"u8)) return FrameKind.Control;
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
        var (isCandle, hasRow, isEvent, isError, isFarewell) = (false, false, false, false, false);
        var (candle, isClosed) = (default(Candle), false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("arg"u8)) isCandle = ReadChannel(ref json, symbols, out instrument);
            else if (json.ValueTextEquals("data"u8)) hasRow = ReadRows(ref json, out candle, out isClosed);
            else if (json.ValueTextEquals("event"u8)) (isEvent, isError) = (true, json.Read() && json.ValueTextEquals("error"u8));
            else if (json.ValueTextEquals("code"u8)) isFarewell = json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals(ClosesSoon);
            else
            {
                json.Read();
                json.Skip();
            }
        }

        if (json.TokenType != JsonTokenType.EndObject) return FrameKind.Malformed;
        if (isError) return FrameKind.Error;
        if (isEvent && isFarewell) return FrameKind.GoingAway;
        if (isEvent || !isCandle) return FrameKind.Control;
        if (!hasRow) return FrameKind.Malformed;
        if (instrument is null) return FrameKind.UnknownSymbol;
        // Candles carry no time of their sending. What is certain: it is not before the candle's beginning, or its end if it is closed.
        kline = new Kline(instrument, candle, isClosed, isClosed ? candle.OpenTime + Timeframe.MinuteMs : candle.OpenTime);
        return FrameKind.Kline;
    }

    private static bool ReadChannel(ref Utf8JsonReader json, SymbolLookup symbols, out FollowedInstrument? instrument)
    {
        instrument = null;
        var isCandle = false;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) throw new FormatException("arg is no object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("channel"u8)) isCandle = json.Read() && json.ValueTextEquals("candle1m"u8);
            else if (json.ValueTextEquals("instId"u8)) instrument = json.Read() && json.TokenType == JsonTokenType.String ? symbols.Find(json.ValueSpan) : null;
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return isCandle;
    }

    /// <summary>One row is sent at a time. More than one is refused: the hole is then looked up, and none is lost unseen.</summary>
    private static bool ReadRows(ref Utf8JsonReader json, out Candle candle, out bool isClosed)
    {
        (candle, isClosed) = (default, false);
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray) throw new FormatException("data is no list");
        if (!json.Read() || json.TokenType == JsonTokenType.EndArray) return false;
        if (json.TokenType != JsonTokenType.StartArray) // another channel's data
        {
            while (json.TokenType != JsonTokenType.EndArray)
            {
                json.Skip();
                if (!json.Read()) throw new FormatException("data does not end");
            }

            return false;
        }

        var openTime = NextInteger(ref json);
        var (open, high, low, close) = (NextNumber(ref json), NextNumber(ref json), NextNumber(ref json), NextNumber(ref json));
        NextNumber(ref json); // contracts: of another size for each instrument, so we count base coins
        var (volume, quoteVolume) = (NextNumber(ref json), NextNumber(ref json));
        isClosed = NextInteger(ref json) switch { 0 => false, 1 => true, _ => throw new FormatException("confirm is neither 0 nor 1") };
        candle = new Candle(openTime, open, high, low, close, volume, quoteVolume);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) json.Skip(); // columns of a later version
        if (!json.Read() || json.TokenType != JsonTokenType.EndArray) throw new FormatException("more than one row");
        return true;
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
}
