using System.Buffers.Binary;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.Storage.Candles;

/// <summary>
/// Candles from the server's binary COPY format, read straight from the wire: a replay reads tens of millions, and a data
/// reader's cost per column would be most of its time.
/// </summary>
internal sealed class PackedCandles(CandleVisitor visit)
{
    internal const string Columns = $"instrument_id, source, open_time, {CandleCopy.Numbers}";

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

    private bool TakeRow()
    {
        if (TakeInt16() == Trailer) return false;
        var instrument = TakeField() > 0 ? TakeInt32() : 0;
        var source = TakeField() > 0 ? (CandleSource)TakeInt16() : default;
        var time = TakeField() > 0 ? PgTime.ToUnixMs(TakeInt64()) : 0;
        var open = TakeDouble();
        var high = TakeDouble();
        var low = TakeDouble();
        var close = TakeDouble();
        var volume = TakeDouble();
        var quoteVolume = TakeDouble();
        var takerBuyVolume = TakeDouble();
        var takerBuyQuoteVolume = TakeDouble();
        var trades = TakeField() > 0 ? TakeInt64() : Candle.UnknownTrades;
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
