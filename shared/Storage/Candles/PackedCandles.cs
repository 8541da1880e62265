using System.Buffers.Binary;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.Storage.Candles;

/// <summary>
/// Candles from the server's binary COPY format, read straight from the wire: a replay reads tens of millions and a warm-up
/// some, and a data reader's cost per column would be most of their time. The server's cost is by column too, so only the
/// wanted ones are read.
/// </summary>
/// <param name="fields">What is wanted of a candle beside its close.</param>
/// <param name="withSource">Whether the rows say where they come from; otherwise the exchange is named.</param>
/// <param name="visit">Takes them.</param>
internal sealed class PackedCandles(CandleParts fields, bool withSource, CandleVisitor visit)
{
    private const int Fields = 12;
    private const int SignatureBytes = 11;
    private const int BufferBytes = 1 << 16;
    private const short Trailer = -1;

    // The longest row: every field with its length, eight bytes each at most.
    private const int LongestRow = sizeof(short) + (Fields * (sizeof(int) + sizeof(double)));

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    internal async Task ReadAsync(Stream copy, CancellationToken stop)
    {
        await FillAsync(copy, SignatureBytes + sizeof(int) + sizeof(int), stop);
        _start += SignatureBytes + sizeof(int);
        var extension = TakeInt32();
        await FillAsync(copy, extension, stop);
        _start += extension;
        while (true)
        {
            if (_end - _start < LongestRow) await FillAsync(copy, sizeof(short), stop);
            if (!TakeRow()) return;
        }
    }

    /// <summary>In the order in which rows are taken apart.</summary>
    internal static string Columns(CandleParts fields, bool withSource)
    {
        var columns = "instrument_id, open_time, close";
        if (fields.HasFlag(CandleParts.Open)) columns += ", open";
        if (fields.HasFlag(CandleParts.High)) columns += ", high";
        if (fields.HasFlag(CandleParts.Low)) columns += ", low";
        if (fields.HasFlag(CandleParts.Volume)) columns += ", volume";
        if (fields.HasFlag(CandleParts.QuoteVolume)) columns += ", quote_volume";
        if (fields.HasFlag(CandleParts.TakerBuyVolume)) columns += ", taker_buy_volume";
        if (fields.HasFlag(CandleParts.TakerBuyQuoteVolume)) columns += ", taker_buy_quote_volume";
        if (fields.HasFlag(CandleParts.Trades)) columns += ", trades";
        if (withSource) columns += ", source";
        return columns;
    }

    private bool TakeRow()
    {
        if (TakeInt16() == Trailer) return false;
        var instrument = TakeField() > 0 ? TakeInt32() : 0;
        var time = TakeField() > 0 ? PgTime.ToUnixMs(TakeInt64()) : 0;
        var close = TakeDouble();
        var open = fields.HasFlag(CandleParts.Open) ? TakeDouble() : close;
        var high = fields.HasFlag(CandleParts.High) ? TakeDouble() : close;
        var low = fields.HasFlag(CandleParts.Low) ? TakeDouble() : close;
        var volume = fields.HasFlag(CandleParts.Volume) ? TakeDouble() : double.NaN;
        var quoteVolume = fields.HasFlag(CandleParts.QuoteVolume) ? TakeDouble() : double.NaN;
        var takerBuyVolume = fields.HasFlag(CandleParts.TakerBuyVolume) ? TakeDouble() : double.NaN;
        var takerBuyQuoteVolume = fields.HasFlag(CandleParts.TakerBuyQuoteVolume) ? TakeDouble() : double.NaN;
        var trades = fields.HasFlag(CandleParts.Trades) && TakeField() > 0 ? TakeInt64() : Candle.UnknownTrades;
        var source = withSource && TakeField() > 0 ? (CandleSource)TakeInt16() : CandleSource.Exchange;
        visit(instrument, new Candle(time, open, high, low, close, volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume), source);
        return true;
    }

    /// <summary>Has so many bytes, and a whole row unless the stream ends before.</summary>
    private async Task FillAsync(Stream copy, int least, CancellationToken stop)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (_end < Math.Max(least, LongestRow))
        {
            var read = await copy.ReadAsync(_buffer.AsMemory(_end), stop);
            if (read == 0 && _end < least) throw new EndOfStreamException("The server's copy of candles ended before its trailer.");
            if (read == 0) return;
            _end += read;
        }
    }

    /// <summary>The length of the next field; −1 when it is null.</summary>
    private int TakeField() => TakeInt32();

    private double TakeDouble() => TakeField() > 0 ? BitConverter.Int64BitsToDouble(TakeInt64()) : double.NaN;

    private short TakeInt16() => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));

    private int TakeInt32() => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));

    private long TakeInt64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

    private ReadOnlySpan<byte> Take(int bytes)
    {
        var taken = _buffer.AsSpan(_start, bytes);
        _start += bytes;
        return taken;
    }
}
