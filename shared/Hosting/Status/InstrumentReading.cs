using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CryptoScreener.Hosting.Status;

/// <summary>One instrument under its Prometheus name, split by its first label, which for ours is a fixed set of words.</summary>
internal sealed class InstrumentReading
{
    private const int SeriesLimit = 64;
    private const string Overflow = "other";

    // What OpenTelemetry takes when an instrument gives no advice.
    private static readonly double[] DefaultBoundaries = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly ConcurrentDictionary<object, SeriesReading> _series = new();
    private readonly Func<SeriesReading> _create;
    private readonly bool _splits;
    private SeriesReading? _unlabelled;
    private string? _label;

    public InstrumentReading(Instrument instrument, bool splits)
    {
        Name = PrometheusName.Of(instrument);
        _splits = splits;
        _create = instrument switch
        {
            Histogram<double> histogram => () => new HistogramReading(histogram.Advice?.HistogramBucketBoundaries ?? DefaultBoundaries),
            _ when instrument.IsObservable || PrometheusName.IsGauge(instrument) => () => new LastReading(),
            _ => () => new SumReading(),
        };
    }

    public string Name { get; }

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (!_splits || tags.IsEmpty || tags[0].Value is not { } word) Unlabelled().Record(value);
        else Labelled(tags[0].Key, word).Record(value);
    }

    public void AppendTo(Dictionary<string, double> values)
    {
        _unlabelled?.AppendTo(values, Name, "");
        foreach (var (word, series) in _series) series.AppendTo(values, Name, $"{{{_label}=\"{word}\"}}");
    }

    private SeriesReading Unlabelled() => _unlabelled ?? Interlocked.CompareExchange(ref _unlabelled, _create(), null) ?? _unlabelled!;

    private SeriesReading Labelled(string label, object word)
    {
        if (_series.TryGetValue(word, out var known)) return known;
        _label ??= label;
        return _series.GetOrAdd(_series.Count < SeriesLimit ? word : Overflow, static (_, create) => create(), _create);
    }
}
