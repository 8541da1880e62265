using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using OpenTelemetry.Exporter.Prometheus.Names;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>The labels of one point as <c>a="1",b="2"</c>, kept so that every line of a histogram can repeat them.</summary>
internal sealed class LabelSet
{
    // Label keys come from source code: few, and the same at every scrape.
    private static readonly ConcurrentDictionary<string, string> CleanKeys = new(StringComparer.Ordinal);

    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    public static string CleanKey(string key) => CleanKeys.GetOrAdd(key, PrometheusNames.SanitizeLabel);

    public void Reset() => _buffer.ResetWrittenCount();

    public void Add(string key, object? value)
    {
        var text = new Utf8Text(_buffer);
        if (_buffer.WrittenCount > 0) text.Append((byte)',');
        text.Append(CleanKey(key));
        text.Append("=\""u8);
        text.AppendEscaped(ValueText(value), quotes: true);
        text.Append((byte)'"');
        text.Flush();
    }

    /// <summary>Adds every tag except <paramref name="reserved"/>; values whose keys clean to the same label are joined.</summary>
    public void AddAll(ReadOnlyTagCollection tags, string? reserved)
    {
        foreach (var tag in tags)
        {
            var key = CleanKey(tag.Key);
            if (key == reserved) continue;
            if (Namesakes(tags, key) == 1) Add(key, tag.Value);
            else if (IsFirst(tags, key, tag.Key)) Add(key, Joined(tags, key));
        }
    }

    private static int Namesakes(ReadOnlyTagCollection tags, string key)
    {
        var count = 0;
        foreach (var tag in tags)
        {
            if (CleanKey(tag.Key) == key) count++;
        }

        return count;
    }

    private static bool IsFirst(ReadOnlyTagCollection tags, string key, string original)
    {
        foreach (var tag in tags)
        {
            if (CleanKey(tag.Key) == key) return tag.Key == original;
        }

        return false;
    }

    private static string Joined(ReadOnlyTagCollection tags, string key)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            if (CleanKey(tag.Key) == key) values[tag.Key] = ValueText(tag.Value);
        }

        return string.Join(';', values.Values);
    }

    private static string ValueText(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        double or float => CanonicalNumber.Of(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
