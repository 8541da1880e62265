using System.Buffers.Binary;

namespace CryptoScreener.ExchangeSimulator.Sockets;

internal enum Opcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>WebSocket frames (RFC 6455) as bytes: server frames are written unmasked, client frames are read and unmasked in place.</summary>
internal static class Frames
{
    public const int MaxHeader = 10;
    private const byte Final = 0x80;
    private const byte Masked = 0x80;

    public static int WriteHeader(Span<byte> to, Opcode opcode, int length)
    {
        to[0] = (byte)(Final | (byte)opcode);
        switch (length)
        {
            case < 126:
                to[1] = (byte)length;
                return 2;
            case <= ushort.MaxValue:
                to[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)length);
                return 4;
            default:
                to[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(to[2..], (ulong)length);
                return 10;
        }
    }

    /// <summary>False while the frame is incomplete. The payload lies inside <paramref name="from"/>.</summary>
    public static bool TryRead(Span<byte> from, out Opcode opcode, out bool isFinal, out Range payload, out int consumed)
    {
        (opcode, isFinal, payload, consumed) = (default, false, default, 0);
        if (from.Length < 2) return false;
        opcode = (Opcode)(from[0] & 0x0F);
        isFinal = (from[0] & Final) != 0;
        var isMasked = (from[1] & Masked) != 0;
        long length = from[1] & 0x7F;
        var at = 2;
        if (length == 126)
        {
            if (from.Length < 4) return false;
            length = BinaryPrimitives.ReadUInt16BigEndian(from[2..]);
            at = 4;
        }
        else if (length == 127)
        {
            if (from.Length < 10) return false;
            length = BinaryPrimitives.ReadInt64BigEndian(from[2..]);
            at = 10;
        }

        var maskAt = at;
        if (isMasked) at += 4;
        if (length < 0 || from.Length - at < length) return false;
        payload = at..(at + (int)length);
        consumed = at + (int)length;
        if (isMasked) Unmask(from[payload], from.Slice(maskAt, 4));
        return true;
    }

    private static void Unmask(Span<byte> payload, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < payload.Length; i++) payload[i] ^= mask[i & 3];
    }
}
