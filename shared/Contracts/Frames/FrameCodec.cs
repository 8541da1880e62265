using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace CryptoScreener.Contracts.Frames;

/// <summary>
/// All metrics of one instrument at one instant, little-endian: 1 byte version, 1 byte flags (bit 0: closed), 2 bytes
/// number of values, 4 bytes zero, then eight bytes each: catalogue hash, minute, event time, received at, calculated
/// at, epoch, sequence, and one double per catalogue entry; NaN says absent.
/// </summary>
public static class FrameCodec
{
    public const byte Version = 1;
    public const int HeaderSize = 64;
    private const byte ClosedFlag = 1;

    public static int SizeOf(int values) => HeaderSize + (values * sizeof(double));

    public static void Write(IBufferWriter<byte> output, in FrameHeader header, ReadOnlySpan<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Length, ushort.MaxValue, nameof(values));
        var size = SizeOf(values.Length);
        var span = output.GetSpan(size)[..size];
        span[0] = Version;
        span[1] = header.IsClosed ? ClosedFlag : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(span[2..], (ushort)values.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], 0);
        BinaryPrimitives.WriteUInt64LittleEndian(span[8..], header.CatalogueHash);
        BinaryPrimitives.WriteInt64LittleEndian(span[16..], header.Minute);
        BinaryPrimitives.WriteInt64LittleEndian(span[24..], header.EventTime);
        BinaryPrimitives.WriteInt64LittleEndian(span[32..], header.ReceivedAt);
        BinaryPrimitives.WriteInt64LittleEndian(span[40..], header.CalculatedAt);
        BinaryPrimitives.WriteInt64LittleEndian(span[48..], header.Epoch);
        BinaryPrimitives.WriteUInt64LittleEndian(span[56..], header.Sequence);
        WriteValues(span[HeaderSize..], values);
        output.Advance(size);
    }

    public static bool TryReadHeader(ReadOnlySpan<byte> frame, out FrameHeader header, out int count)
    {
        header = default;
        count = 0;
        if (frame.Length < HeaderSize || frame[0] != Version) return false;
        count = BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        if (frame.Length != SizeOf(count)) return false;
        header = new FrameHeader(
            (frame[1] & ClosedFlag) != 0,
            BinaryPrimitives.ReadUInt64LittleEndian(frame[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[48..]),
            BinaryPrimitives.ReadUInt64LittleEndian(frame[56..]));
        return true;
    }

    /// <summary>Copies the numbers of a frame whose header was read; the target holds at least that many.</summary>
    public static void ReadValues(ReadOnlySpan<byte> frame, Span<double> values)
    {
        var bytes = frame[HeaderSize..];
        if (BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        for (var i = 0; i * sizeof(double) < bytes.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(i * sizeof(double))..]);
    }

    private static void WriteValues(Span<byte> target, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(target[(i * sizeof(double))..], values[i]);
    }
}
