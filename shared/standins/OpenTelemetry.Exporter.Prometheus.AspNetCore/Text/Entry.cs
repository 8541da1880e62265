using OpenTelemetry.Exporter.Prometheus.Names;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>A metric under the family name it has in the format being written.</summary>
internal readonly record struct Entry(string Family, Metric Metric, MetricNames Names)
{
    public static readonly Comparison<Entry> InOrder = static (left, right) =>
        string.CompareOrdinal(left.Family, right.Family) is var byFamily and not 0 ? byFamily
        : string.CompareOrdinal(left.Metric.MeterName, right.Metric.MeterName) is var byMeter and not 0 ? byMeter
        : string.CompareOrdinal(left.Metric.Name, right.Metric.Name);
}
