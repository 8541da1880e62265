using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace NATS.Client.JetStream.Internal;

/// <summary>
/// The reply subject of a delivered message, taken apart: <c>$JS.ACK.stream.consumer.delivered.stream-sequence.consumer-sequence.
/// timestamp.pending</c>. Numbers instead of a string per message; the string is put together again when the message is acknowledged.
/// </summary>
internal readonly record struct AckReply(
    AckOrigin Origin, ulong Delivered, ulong StreamSequence, ulong ConsumerSequence, ulong Timestamp, ulong Pending)
{
    private const int NumberTokens = 5;
    private const int LongestNumber = 21;

    /// <summary>Characters that <see cref="Write"/> may need.</summary>
    public int LongestSubject => Origin.Prefix.Length + (NumberTokens * LongestNumber);

    /// <summary>False for the longer form of newer servers and leaf nodes, which is kept as it is.</summary>
    public static bool TryParse(ReadOnlySpan<byte> subject, ref AckOrigin? origin, out AckReply reply)
    {
        reply = default;
        var rest = subject;
        if (!TryTakeLast(ref rest, out var pending) || !TryTakeLast(ref rest, out var timestamp)
            || !TryTakeLast(ref rest, out var consumerSequence) || !TryTakeLast(ref rest, out var streamSequence)
            || !TryTakeLast(ref rest, out var delivered))
            return false;
        if (origin is null || !Ascii.Equals(rest, origin.Prefix))
        {
            if (AckOrigin.TryParse(Encoding.UTF8.GetString(rest)) is not { } parsed)
                return false;
            origin = parsed;
        }

        reply = new AckReply(origin, delivered, streamSequence, consumerSequence, timestamp, pending);
        return true;
    }

    public ReadOnlySpan<char> Write(Span<char> buffer)
    {
        Origin.Prefix.CopyTo(buffer);
        var length = Origin.Prefix.Length;
        length += WriteNumber(Delivered, buffer[length..]);
        length += WriteNumber(StreamSequence, buffer[length..]);
        length += WriteNumber(ConsumerSequence, buffer[length..]);
        length += WriteNumber(Timestamp, buffer[length..]);
        length += WriteNumber(Pending, buffer[length..]);
        return buffer[..length];
    }

    public override string ToString() => Write(stackalloc char[LongestSubject]).ToString();

    private static int WriteNumber(ulong number, Span<char> buffer)
    {
        buffer[0] = '.';
        number.TryFormat(buffer[1..], out var digits, default, CultureInfo.InvariantCulture);
        return digits + 1;
    }

    private static bool TryTakeLast(ref ReadOnlySpan<byte> rest, out ulong number)
    {
        var dot = rest.LastIndexOf((byte)'.');
        var token = rest[(dot + 1)..];
        rest = dot < 0 ? default : rest[..dot];
        return Utf8Parser.TryParse(token, out number, out var used) && used == token.Length;
    }
}
