using OpenTelemetry.Exporter.Prometheus.Scraping;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>The resource's attributes as the labels of one constant series.</summary>
internal static class TargetInfo
{
    public static void Write(ref Utf8Text text, ExpositionFormat format, Resource resource, LabelSet labels)
    {
        labels.Reset();
        foreach (var (key, value) in resource.Attributes) labels.Add(key, value);
        if (labels.Bytes.IsEmpty) return;

        text.Append(format.IsOpenMetrics
            ? "# TYPE target info\n# HELP target Target metadata\n"u8
            : "# TYPE target_info gauge\n# HELP target_info Target metadata\n"u8);
        text.Append("target_info{"u8);
        text.Append(labels.Bytes);
        text.Append("} 1\n"u8);
    }
}
