namespace CryptoScreener.Testing;

/// <summary>Enough of protobuf to look into a message: its length-delimited fields by number.</summary>
internal static class Protobuf
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;

    public static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message.Span, ref at);
            switch (key & 7)
            {
                case Varint:
                    Number(message.Span, ref at);
                    break;
                case Delimited:
                    var length = (int)Number(message.Span, ref at);
                    if ((int)(key >> 3) == field) found.Add(message.Slice(at, length));
                    at += length;
                    break;
                case var kind:
                    at += kind == Fixed64 ? 8 : 4;
                    break;
            }
        }

        return found;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
    }
}
