using System.Buffers.Text;
using System.Text;

namespace NATS.Client.Core.Internal.Protocol;

/// <summary>
/// Reads one operation from the front of a buffer. Knows no state: after an incomplete operation it is called again with the
/// same bytes and more, which costs a second look at one line and saves a state machine.
/// </summary>
internal static class ServerOpParser
{
    /// <summary>Far above the longest INFO of a large cluster; a longer line is not this protocol.</summary>
    public const int MaxLineLength = 64 * 1024;

    /// <summary>False when more bytes are needed: at least <paramref name="needed"/> in all.</summary>
    public static bool TryRead(ReadOnlySpan<byte> input, int maxPayload, out ServerOp op, out int needed)
    {
        op = default;
        var end = input.IndexOf((byte)'\n');
        if (end < 0)
        {
            if (input.Length > MaxLineLength)
                throw new NatsProtocolViolationException($"Line longer than {MaxLineLength} bytes");
            needed = input.Length + 1;
            return false;
        }

        if (end == 0 || input[end - 1] != '\r')
            throw Violation("line does not end in CRLF", input[..end]);
        var line = input[..(end - 1)];
        op.Length = end + 1;
        needed = op.Length;

        if (line.StartsWith("MSG "u8))
            return TryReadMessage(input, line[4..], hasHeaders: false, maxPayload, ref op, out needed);
        if (line.StartsWith("HMSG "u8))
            return TryReadMessage(input, line[5..], hasHeaders: true, maxPayload, ref op, out needed);
        ReadControl(line, ref op);
        return true;
    }

    private static void ReadControl(ReadOnlySpan<byte> line, ref ServerOp op)
    {
        if (line.SequenceEqual("PING"u8))
            op.Kind = ServerOpKind.Ping;
        else if (line.SequenceEqual("PONG"u8))
            op.Kind = ServerOpKind.Pong;
        else if (line.SequenceEqual("+OK"u8))
            op.Kind = ServerOpKind.Ok;
        else if (!line.StartsWith("INFO "u8) && !line.StartsWith("-ERR"u8))
            throw Violation("unknown operation", line);
        else
            ReadArgument(line, ref op);
    }

    private static void ReadArgument(ReadOnlySpan<byte> line, ref ServerOp op)
    {
        op.Kind = line[0] == 'I' ? ServerOpKind.Info : ServerOpKind.Error;
        op.Argument = line[4..].Trim(" '"u8);
    }

    // subject sid [reply-to] [header length] total length
    private static bool TryReadMessage(
        ReadOnlySpan<byte> input, ReadOnlySpan<byte> line, bool hasHeaders, int maxPayload, ref ServerOp op, out int needed)
    {
        var rest = line;
        op.Kind = ServerOpKind.Message;
        op.Subject = NextToken(ref rest);
        op.Sid = Number(NextToken(ref rest), line);
        var total = Number(LastToken(ref rest), line);
        if (hasHeaders)
            op.HeaderLength = Number(LastToken(ref rest), line);
        op.ReplyTo = NextToken(ref rest);
        if (!rest.IsEmpty || op.HeaderLength > total)
            throw Violation("malformed message line", line);
        if (total > maxPayload)
            throw Violation($"message larger than {maxPayload} bytes", line);

        op.BodyOffset = op.Length;
        op.PayloadLength = total - op.HeaderLength;
        op.Length += total + 2;
        needed = op.Length;
        if (input.Length < needed)
            return false;
        if (input[needed - 2] != '\r' || input[needed - 1] != '\n')
            throw Violation("message does not end where its length says", line);
        return true;
    }

    private static ReadOnlySpan<byte> NextToken(scoped ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)' ');
        var token = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return token;
    }

    private static ReadOnlySpan<byte> LastToken(scoped ref ReadOnlySpan<byte> rest)
    {
        var start = rest.LastIndexOf((byte)' ');
        var token = rest[(start + 1)..];
        rest = start < 0 ? default : rest[..start];
        return token;
    }

    private static int Number(ReadOnlySpan<byte> token, ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(token, out int number, out var used) && used == token.Length && number >= 0
            ? number
            : throw Violation("expected a number", line);

    private static NatsProtocolViolationException Violation(string what, ReadOnlySpan<byte> line) =>
        new($"The server broke the protocol ({what}): {Encoding.Latin1.GetString(line[..Math.Min(line.Length, 80)])}");
}
