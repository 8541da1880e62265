using System.Text;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Names;

/// <summary>What one instrument is called in the two formats. OpenMetrics describes a counter under its name without <c>_total</c>.</summary>
internal sealed class MetricNames
{
    private const string Total = "_total";

    public MetricNames(string name, string? unit, bool isCounter, bool totalSuffixInText)
    {
        Unit = UnitNames.SuffixOf(unit);

        var text = PrometheusNames.Sanitize(name);
        if (Unit is not null && !EndsWith(text, Unit) && !(isCounter && EndsWith(text, Unit + Total))) text += $"_{Unit}";
        if (isCounter && totalSuffixInText && !EndsWith(text, Total)) text += Total;

        var family = PrometheusNames.Sanitize(isCounter && EndsWith(name, Total) ? name[..^Total.Length] : name);
        if (Unit is not null && !EndsWith(family, Unit)) family += $"_{Unit}";

        TextFamily = text;
        OpenMetricsFamily = family;
        TextBytes = Encoding.ASCII.GetBytes(text);
        OpenMetricsBytes = Encoding.ASCII.GetBytes(family);
    }

    public static MetricNames Of(Metric metric, PrometheusAspNetCoreOptions options) =>
        new(metric.Name, metric.Unit, IsCounter(metric.MetricType), !options.DisableTotalNameSuffixForCounters);

    public string? Unit { get; }

    public string TextFamily { get; }

    public string OpenMetricsFamily { get; }

    public byte[] TextBytes { get; }

    public byte[] OpenMetricsBytes { get; }

    public static bool IsCounter(MetricType type) => type is MetricType.LongSum or MetricType.DoubleSum;

    private static bool EndsWith(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal);
}
