using System.Globalization;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>How much of a resource is taken and left.</summary>
/// <param name="HoursUntilFull">By the straight line through the last hour; absent when it does not rise or there is too little to tell.</param>
/// <param name="Recommendation">What to do; absent while there is room.</param>
/// <param name="Urgency">soon or now; absent while there is room.</param>
internal sealed record Headroom(string Resource, double UsedPercent, double HeadroomPercent, double? HoursUntilFull, string? Urgency, string? Recommendation);

/// <summary>What runs out first. Pure.</summary>
internal static class Capacity
{
    private const int LeastSamples = 60; // five minutes: less is noise

    public static IReadOnlyList<Headroom> Of(IReadOnlyList<PerformanceSample> samples, double? throughputLimit, int socketLimit) =>
    [
        .. new[]
        {
            Measure(samples, "cpu", sample => sample.CpuPercent, 75, "give the busiest worker more processors, or run another replica"),
            Measure(samples, "memory", sample => sample.MemoryPercent, 80, "give the largest worker more memory, or run another replica"),
            Measure(samples, "throughput", sample => sample.CandlesPerSecond / throughputLimit * 100, 70, "run another replica of each worker"),
            Measure(samples, "database_connections", sample => sample.DatabaseConnectionsPercent, 80, "raise Storage:MaxPoolSize and PostgreSQL's max_connections"),
            Measure(samples, "sockets", sample => sample.Sockets / socketLimit * 100, 80, "run another gateway, or raise Realtime:MaxConnections"),
        }.OfType<Headroom>(),
    ];

    private static Headroom? Measure(
        IReadOnlyList<PerformanceSample> samples, string resource, Func<PerformanceSample, double?> percent, double threshold, string advice)
    {
        var points = samples.Select(sample => (sample.Timestamp, Percent: percent(sample))).Where(point => point.Percent is not null).ToList();
        if (points.Count == 0) return null;
        // The mean of the last minute: one busy moment is no lack of capacity.
        var used = points.TakeLast(12).Average(point => point.Percent!.Value);
        var isShort = used > threshold;
        return new Headroom(
            resource,
            Math.Round(used, 1),
            Math.Round(Math.Max(0, 100 - used), 1),
            HoursUntilFull(points, used),
            isShort ? used > threshold + ((100 - threshold) / 2) ? "now" : "soon" : null,
            isShort ? string.Create(CultureInfo.InvariantCulture, $"{resource} is above {threshold:0} %: {advice}") : null);
    }

    private static double? HoursUntilFull(List<(DateTime At, double? Percent)> points, double used)
    {
        if (points.Count < LeastSamples || used >= 100) return null;
        var start = points[0].At;
        var (meanX, meanY) = (points.Average(point => (point.At - start).TotalHours), points.Average(point => point.Percent!.Value));
        var (above, below) = (0.0, 0.0);
        foreach (var (at, percent) in points)
        {
            var x = (at - start).TotalHours - meanX;
            above += x * (percent!.Value - meanY);
            below += x * x;
        }

        var perHour = below > 0 ? above / below : 0;
        return perHour > 0.1 ? Math.Round((100 - used) / perHour, 1) : null;
    }
}
