using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>The TYPE, UNIT and HELP lines. Unit and help come from the first namesake that has one.</summary>
internal static class FamilyHeader
{
    public static string TypeName(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    public static void Write(ref Utf8Text text, bool openMetrics, string type, List<Entry> namesakes)
    {
        var name = openMetrics ? namesakes[0].Names.OpenMetricsBytes : namesakes[0].Names.TextBytes;

        Start(ref text, "# TYPE "u8, name);
        text.Append(type);
        text.Append((byte)'\n');

        if (openMetrics && namesakes.Find(entry => entry.Names.Unit is not null).Names?.Unit is { } unit)
        {
            Start(ref text, "# UNIT "u8, name);
            text.Append(unit);
            text.Append((byte)'\n');
        }

        if (namesakes.Find(entry => !string.IsNullOrEmpty(entry.Metric.Description)).Metric?.Description is { } help)
        {
            Start(ref text, "# HELP "u8, name);
            text.AppendEscaped(help, quotes: openMetrics);
            text.Append((byte)'\n');
        }
    }

    private static void Start(ref Utf8Text text, ReadOnlySpan<byte> keyword, byte[] name)
    {
        text.Append(keyword);
        text.Append(name);
        text.Append((byte)' ');
    }
}
