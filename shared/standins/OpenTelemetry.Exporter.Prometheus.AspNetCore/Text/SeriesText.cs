using System.Collections.Concurrent;
using OpenTelemetry.Exporter.Prometheus.Names;
using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>The samples of one metric: a line per point, or a histogram's buckets, sum and count.</summary>
internal static class SeriesText
{
    private const string BucketLabel = "le";

    // Bounds come from source code too: few, and dear to spell.
    private static readonly ConcurrentDictionary<double, string> Bounds = new();

    public static void Write(ref Utf8Text text, bool openMetrics, bool scope, Metric metric, MetricNames names, LabelSet labels)
    {
        var isHistogram = metric.MetricType == MetricType.Histogram;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            labels.Reset();
            if (scope) AddScope(labels, metric);
            labels.AddAll(point.Tags, reserved: isHistogram ? BucketLabel : null);

            if (isHistogram) WriteHistogram(ref text, openMetrics, in point, names, labels);
            else WriteValue(ref text, openMetrics, metric.MetricType, in point, names, labels);
        }
    }

    private static void WriteValue(
        ref Utf8Text text, bool openMetrics, MetricType type, in MetricPoint point, MetricNames names, LabelSet labels)
    {
        var isCounter = MetricNames.IsCounter(type);
        Name(ref text, openMetrics ? names.OpenMetricsBytes : names.TextBytes, openMetrics && isCounter ? "_total"u8 : default, labels);
        switch (type)
        {
            case MetricType.LongSum or MetricType.LongSumNonMonotonic: text.Append(point.GetSumLong()); break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic: text.Append(point.GetSumDouble()); break;
            case MetricType.LongGauge: text.Append(point.GetGaugeLastValueLong()); break;
            case MetricType.DoubleGauge: text.Append(point.GetGaugeLastValueDouble()); break;
        }

        if (openMetrics && isCounter)
        {
            ExemplarText.WriteLatest(ref text, in point, double.NegativeInfinity, double.PositiveInfinity, type == MetricType.LongSum);
            text.Append((byte)'\n');
            Created(ref text, in point, names, labels);
        }
        else
        {
            text.Append((byte)'\n');
        }
    }

    private static void WriteHistogram(ref Utf8Text text, bool openMetrics, in MetricPoint point, MetricNames names, LabelSet labels)
    {
        var name = openMetrics ? names.OpenMetricsBytes : names.TextBytes;
        var cumulative = 0L;
        var below = double.NegativeInfinity;
        var hasNegativeBound = false;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            cumulative += bucket.BucketCount;
            hasNegativeBound |= bucket.ExplicitBound < 0;

            text.Append(name);
            text.Append("_bucket{"u8);
            text.Append(labels.Bytes);
            text.Append(labels.Bytes.IsEmpty ? "le=\""u8 : ",le=\""u8);
            if (openMetrics) text.Append(Bounds.GetOrAdd(bucket.ExplicitBound, CanonicalNumber.Of));
            else text.Append(bucket.ExplicitBound);
            text.Append("\"} "u8);
            text.Append(cumulative);
            if (openMetrics) ExemplarText.WriteLatest(ref text, in point, below, bucket.ExplicitBound, isLong: false);
            text.Append((byte)'\n');
            below = bucket.ExplicitBound;
        }

        // OpenMetrics forbids both where a sum can decrease.
        if (!openMetrics || !hasNegativeBound)
        {
            Name(ref text, name, "_sum"u8, labels);
            text.Append(point.GetHistogramSum());
            text.Append((byte)'\n');
            Name(ref text, name, "_count"u8, labels);
            text.Append(point.GetHistogramCount());
            text.Append((byte)'\n');
        }

        if (openMetrics) Created(ref text, in point, names, labels);
    }

    private static void Created(ref Utf8Text text, in MetricPoint point, MetricNames names, LabelSet labels)
    {
        Name(ref text, names.OpenMetricsBytes, "_created"u8, labels);
        text.Append(UnixSeconds.Of(point.StartTime));
        text.Append((byte)'\n');
    }

    private static void Name(ref Utf8Text text, byte[] name, ReadOnlySpan<byte> suffix, LabelSet labels)
    {
        text.Append(name);
        text.Append(suffix);
        if (!labels.Bytes.IsEmpty)
        {
            text.Append((byte)'{');
            text.Append(labels.Bytes);
            text.Append((byte)'}');
        }

        text.Append((byte)' ');
    }

    private static void AddScope(LabelSet labels, Metric metric)
    {
        labels.Add("otel_scope_name", metric.MeterName);
        if (!string.IsNullOrEmpty(metric.MeterVersion)) labels.Add("otel_scope_version", metric.MeterVersion);
    }
}
