using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace NATS.Client.Core.Internal.Protocol;

/// <summary>Writes and reads the block of headers in front of a payload: <c>NATS/1.0[ code text]</c>, then <c>Key: Value</c> lines.</summary>
internal static class HeaderBlock
{
    private const string CarriageReturnAndLineFeed = "\r\n";

    private static readonly SearchValues<char> KeyChars =
        SearchValues.Create([.. Enumerable.Range(' ' + 1, 127 - ' ' - 1).Select(c => (char)c).Where(c => c != ':')]);

    private static readonly string[] KnownTexts =
    [
        string.Empty, "Idle Heartbeat", "Bad Request", "Consumer Deleted", "Consumer is push based", "No Messages", "Request Timeout",
        "Message Size Exceeds MaxBytes", "Requests Pending",
    ];

    private static ReadOnlySpan<byte> Version => "NATS/1.0"u8;

    public static void Write(WireBuffer wire, NatsHeaders headers)
    {
        wire.Write(Version);
        wire.Write("\r\n"u8);
        var walk = headers.Walk();
        while (walk.MoveNext())
        {
            var (key, values) = walk.Current;
            if (key.AsSpan().ContainsAnyExcept(KeyChars))
                throw new NatsException($"Invalid header key '{key}': contains colon, space, or other non-printable ASCII characters");
            foreach (var value in values)
                WriteLine(wire, key, value);
        }

        wire.Write("\r\n"u8);
    }

    public static NatsHeaders Read(ReadOnlySpan<byte> block)
    {
        var headers = new NatsHeaders();
        var repeated = new RepeatedHeaders();
        try
        {
            ReadStatus(NextLine(ref block), headers);
            while (!block.IsEmpty)
                ReadHeader(NextLine(ref block), headers, ref repeated);
        }
        catch (NatsException e)
        {
            headers.Error = new NatsHeaderParseException(block.ToArray(), e);
        }

        repeated.AddTo(headers);
        return headers;
    }

    public static bool HasStatus(ReadOnlySpan<byte> block, ReadOnlySpan<byte> code) =>
        block.Length >= Version.Length + 4 && block[Version.Length] == ' ' && block.Slice(Version.Length + 1, 3).SequenceEqual(code);

    private static void WriteLine(WireBuffer wire, string key, string? value)
    {
        if (value is null)
            return;
        if (value.AsSpan().ContainsAny(CarriageReturnAndLineFeed))
            throw new NatsException($"Invalid header value for key '{key}': contains CRLF");
        wire.Write(key);
        wire.Write(": "u8);
        wire.Write(value);
        wire.Write("\r\n"u8);
    }

    private static void ReadStatus(ReadOnlySpan<byte> line, NatsHeaders headers)
    {
        if (!line.StartsWith(Version))
            throw new NatsException("Protocol error: header version mismatch");
        var status = line[Version.Length..].Trim((byte)' ');
        if (status.IsEmpty)
            return;
        if (!Utf8Parser.TryParse(status, out int code, out var used))
            throw new NatsException("Protocol error: header code is not a number");
        headers.Code = code;
        headers.MessageText = Encoding.ASCII.GetString(status[used..].Trim((byte)' '));
        headers.Message = (NatsHeaders.Messages)Math.Max(0, Array.IndexOf(KnownTexts, headers.MessageText));
    }

    private static void ReadHeader(ReadOnlySpan<byte> line, NatsHeaders headers, ref RepeatedHeaders repeated)
    {
        if (line.IsEmpty)
            return;
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAny(" \t"u8))
            throw new NatsException($"Protocol error: invalid header line '{Encoding.Latin1.GetString(line)}'");
        var key = Encoding.ASCII.GetString(line[..colon]);
        var value = Encoding.ASCII.GetString(line[(colon + 1)..].Trim(" \t"u8));
        if (headers.TryGetValue(key, out var earlier))
            repeated.Add(key, earlier, value);
        else
            headers[key] = value;
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> block)
    {
        var end = block.IndexOf("\r\n"u8);
        if (end < 0)
            throw new NatsException("Protocol error: header line without an end");
        var line = block[..end];
        block = block[(end + 2)..];
        return line;
    }

    /// <summary>The values of keys that come more than once, put together at the end: one by one, a publisher's block of nothing
    /// but one key would cost the square of its length.</summary>
    private struct RepeatedHeaders
    {
        private Dictionary<string, List<string?>>? _values;

        public void Add(string key, StringValues first, string value)
        {
            _values ??= new Dictionary<string, List<string?>>(StringComparer.OrdinalIgnoreCase);
            if (!_values.TryGetValue(key, out var values))
                _values[key] = values = [.. first];
            values.Add(value);
        }

        public readonly void AddTo(NatsHeaders headers)
        {
            foreach (var (key, values) in _values ?? [])
                headers[key] = values.ToArray();
        }
    }
}
