using OpenTelemetry.Metrics;

namespace OpenTelemetry.Exporter.Prometheus.Text;

/// <summary>The trace behind a sample: <c> # {trace_id="…",span_id="…"} 0.42 1700000000.0</c>.</summary>
internal static class ExemplarText
{
    // OpenMetrics: the names and values of an exemplar's labels together.
    private const int MostCharacters = 128;

    public static void WriteLatest(ref Utf8Text text, in MetricPoint point, double above, double upTo, bool isLong)
    {
        if (!point.TryGetExemplars(out var exemplars)) return;

        var found = false;
        var latest = default(Exemplar);
        foreach (ref readonly var candidate in exemplars)
        {
            var value = isLong ? candidate.LongValue : candidate.DoubleValue;
            if (value > above && value <= upTo && (!found || candidate.Timestamp >= latest.Timestamp)) (latest, found) = (candidate, true);
        }

        if (found) Write(ref text, in latest, isLong);
    }

    private static void Write(ref Utf8Text text, in Exemplar exemplar, bool isLong)
    {
        var labels = new LabelSet();
        var room = MostCharacters;
        if (exemplar.TraceId != default) Add("trace_id", exemplar.TraceId.ToHexString());
        if (exemplar.SpanId != default) Add("span_id", exemplar.SpanId.ToHexString());
        foreach (var tag in exemplar.FilteredTags)
        {
            if (LabelSet.CleanKey(tag.Key) is not ("trace_id" or "span_id")) Add(tag.Key, tag.Value);
        }

        text.Append(" # {"u8);
        text.Append(labels.Bytes);
        text.Append("} "u8);
        if (isLong) text.Append(exemplar.LongValue);
        else text.Append(exemplar.DoubleValue);
        text.Append((byte)' ');
        text.Append(UnixSeconds.Of(exemplar.Timestamp));

        void Add(string key, object? value)
        {
            var length = LabelSet.CleanKey(key).Length + (value?.ToString()?.Length ?? 0);
            if (length > room) return;
            room -= length;
            labels.Add(key, value);
        }
    }
}
