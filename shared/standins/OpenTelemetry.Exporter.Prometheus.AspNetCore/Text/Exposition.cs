using System.Buffers;
using System.Runtime.CompilerServices;
using OpenTelemetry.Exporter.Prometheus.Names;
using OpenTelemetry.Exporter.Prometheus.Scraping;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>One scrape's document: the target, then the families in order of name, each described once.</summary>
internal sealed class Exposition(PrometheusAspNetCoreOptions options)
{
    private readonly ConditionalWeakTable<Metric, MetricNames> _names = [];
    private readonly List<Entry> _entries = [];
    private readonly LabelSet _labels = new();

    public void Write(ExpositionFormat format, IBufferWriter<byte> output, in Batch<Metric> batch, Resource resource)
    {
        var text = new Utf8Text(output);
        if (options.TargetInfoEnabled) TargetInfo.Write(ref text, format, resource, _labels);

        Sort(in batch, format.IsOpenMetrics);
        for (var first = 0; first < _entries.Count;)
        {
            var next = first + 1;
            while (next < _entries.Count && _entries[next].Family == _entries[first].Family) next++;
            WriteFamily(ref text, format.IsOpenMetrics, first, next);
            first = next;
        }

        if (format.IsOpenMetrics) text.Append("# EOF\n"u8);
        text.Flush();
    }

    private void Sort(in Batch<Metric> batch, bool openMetrics)
    {
        _entries.Clear(); // here, not after the writing, which may fail half-way
        foreach (var metric in batch)
        {
            // The text formats have no place for exponential histograms.
            if (metric.MetricType == MetricType.ExponentialHistogram) continue;

            if (!_names.TryGetValue(metric, out var names)) _names.Add(metric, names = MetricNames.Of(metric, options));
            _entries.Add(new(openMetrics ? names.OpenMetricsFamily : names.TextFamily, metric, names));
        }

        _entries.Sort(Entry.InOrder);
    }

    private void WriteFamily(ref Utf8Text text, bool openMetrics, int first, int next)
    {
        // One name, two types: neither can be read, so neither is written.
        var type = FamilyHeader.TypeName(_entries[first].Metric.MetricType);
        for (var i = first + 1; i < next; i++)
        {
            if (FamilyHeader.TypeName(_entries[i].Metric.MetricType) != type) return;
        }

        FamilyHeader.Write(ref text, openMetrics, type, _entries[first..next]);
        for (var i = first; i < next; i++)
            SeriesText.Write(ref text, openMetrics, options.ScopeInfoEnabled, _entries[i].Metric, _entries[i].Names, _labels);
    }
}
