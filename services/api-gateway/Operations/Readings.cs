namespace CryptoScreener.ApiGateway.Operations;

/// <summary>Reads figures from the statuses of several workers. What none of them tells is null, never zero. Pure.</summary>
internal static class Readings
{
    /// <summary>How fast a counter grows over all workers and labels, per second.</summary>
    public static double? Rate(this IEnumerable<HeardStatus> workers, string counter, Func<string, bool>? ofLabels = null) =>
        workers.SelectMany(worker => Names(worker, counter, ofLabels).Select(worker.Rate)).SumOrNull();

    /// <summary>The sum of a gauge over all workers and labels.</summary>
    public static double? Sum(this IEnumerable<HeardStatus> workers, string gauge, Func<string, bool>? ofLabels = null) =>
        workers.SelectMany(worker => Names(worker, gauge, ofLabels).Select(name => (double?)worker.Latest.Values[name])).SumOrNull();

    /// <summary>The largest of a quantile over all workers and labels: that of the slowest, since quantiles cannot be added.</summary>
    public static double? Worst(this IEnumerable<HeardStatus> workers, string quantile, Func<string, bool>? ofLabels = null) =>
        workers.SelectMany(worker => Names(worker, quantile, ofLabels).Select(name => (double?)worker.Latest.Values[name])).Max();

    /// <summary>How much of a counter's growth has labels that match; null without growth.</summary>
    public static double? Share(this IReadOnlyList<HeardStatus> workers, string counter, Func<string, bool> ofLabels) =>
        workers.Rate(counter) is > 0 and var all ? (workers.Rate(counter, ofLabels) ?? 0) / all : null;

    public static double? SumOrNull(this IEnumerable<double?> values)
    {
        double? sum = null;
        foreach (var value in values)
            if (value is not null) sum = (sum ?? 0) + value;
        return sum;
    }

    private static IEnumerable<string> Names(HeardStatus worker, string name, Func<string, bool>? ofLabels)
    {
        foreach (var key in worker.Latest.Values.Keys)
        {
            if (!key.StartsWith(name, StringComparison.Ordinal)) continue;
            var labels = key[name.Length..];
            if ((labels.Length == 0 || labels[0] == '{') && (ofLabels is null || ofLabels(labels))) yield return key;
        }
    }
}
