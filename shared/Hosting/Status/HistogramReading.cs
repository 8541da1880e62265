namespace CryptoScreener.Hosting.Status;

/// <summary>A histogram's count and sum since the start, and its quantiles since the last look, interpolated within buckets.</summary>
internal sealed class HistogramReading(IReadOnlyList<double> boundaries) : SeriesReading
{
    private readonly double[] _boundaries = [.. boundaries];
    private readonly long[] _counts = new long[boundaries.Count + 1];
    private readonly long[] _before = new long[boundaries.Count + 1];
    private readonly SumReading _sum = new();

    public override void Record(double value)
    {
        var bucket = Array.BinarySearch(_boundaries, value);
        Interlocked.Increment(ref _counts[bucket >= 0 ? bucket : ~bucket]); // a bound belongs to the bucket it closes
        _sum.Record(value);
    }

    public override void AppendTo(Dictionary<string, double> values, string name, string labels)
    {
        var since = new long[_counts.Length];
        long count = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            var now = Interlocked.Read(ref _counts[i]);
            count += now;
            (since[i], _before[i]) = (now - _before[i], now);
        }

        values[$"{name}_count{labels}"] = count;
        _sum.AppendTo(values, name + "_sum", labels);
        if (since.Sum() == 0) return;
        values[$"{name}_p50{labels}"] = Quantile(since, 0.50);
        values[$"{name}_p95{labels}"] = Quantile(since, 0.95);
        values[$"{name}_p99{labels}"] = Quantile(since, 0.99);
    }

    private double Quantile(long[] counts, double q)
    {
        var rank = q * counts.Sum();
        long below = 0;
        for (var i = 0; i < _boundaries.Length; i++)
        {
            if (below + counts[i] >= rank && counts[i] > 0)
            {
                var lower = i == 0 ? Math.Min(0, _boundaries[0]) : _boundaries[i - 1];
                return lower + ((_boundaries[i] - lower) * (rank - below) / counts[i]);
            }

            below += counts[i];
        }

        return _boundaries.Length == 0 ? 0 : _boundaries[^1]; // as Prometheus does: no more is known of the last bucket
    }
}
