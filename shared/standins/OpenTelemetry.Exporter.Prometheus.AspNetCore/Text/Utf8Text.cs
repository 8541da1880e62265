using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>Appends text to a buffer writer without an allocation per number or label.</summary>
internal ref struct Utf8Text(IBufferWriter<byte> output)
{
    private const int LongestNumber = 32;
    private static readonly SearchValues<char> WithQuotes = SearchValues.Create("\\\n\"");
    private static readonly SearchValues<char> WithoutQuotes = SearchValues.Create("\\\n");

    private Span<byte> _free;
    private int _used;

    public void Append(byte value)
    {
        Reserve(1)[0] = value;
        _used++;
    }

    public void Append(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        _used += text.Length;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        var free = Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, free);
    }

    public void Append(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(LongestNumber), out var written);
        _used += written;
    }

    /// <summary>The shortest digits that read back as the same number.</summary>
    public void Append(double value)
    {
        if (double.IsPositiveInfinity(value)) Append("+Inf"u8);
        else if (double.IsNegativeInfinity(value)) Append("-Inf"u8);
        else if (double.IsNaN(value)) Append("NaN"u8);
        else
        {
            Utf8Formatter.TryFormat(value, Reserve(LongestNumber), out var written);
            _used += written;
        }
    }

    public void AppendEscaped(scoped ReadOnlySpan<char> text, bool quotes)
    {
        var special = quotes ? WithQuotes : WithoutQuotes;
        for (var at = text.IndexOfAny(special); at >= 0; at = text.IndexOfAny(special))
        {
            Append(text[..at]);
            Append((byte)'\\');
            Append(text[at] == '\n' ? (byte)'n' : (byte)text[at]);
            text = text[(at + 1)..];
        }

        Append(text);
    }

    public void Flush()
    {
        if (_used > 0) output.Advance(_used);
        _free = default;
        _used = 0;
    }

    private Span<byte> Reserve(int size)
    {
        if (_free.Length - _used < size)
        {
            Flush();
            _free = output.GetSpan(Math.Max(size, 4096));
        }

        return _free[_used..];
    }
}
