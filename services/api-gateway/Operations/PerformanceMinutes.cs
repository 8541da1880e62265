namespace CryptoScreener.ApiGateway.Operations;

/// <summary>
/// Puts samples of a time together to one: quantiles are the worst of them, shares of requests are weighed by the requests, all
/// else is the mean. What none of them measured stays absent. Pure.
/// </summary>
internal static class PerformanceMinutes
{
    /// <summary>One sample for each span that has any, oldest first, under the time at which the span begins.</summary>
    public static IReadOnlyList<PerformanceSample> Of(IEnumerable<PerformanceSample> samples, TimeSpan span) =>
    [
        .. samples.GroupBy(sample => new DateTime(sample.Timestamp.Ticks - (sample.Timestamp.Ticks % span.Ticks), DateTimeKind.Utc))
            .OrderBy(group => group.Key)
            .Select(group => Joined(group.Key, [.. group])),
    ];

    private static PerformanceSample Joined(DateTime at, IReadOnlyList<PerformanceSample> samples)
    {
        return new PerformanceSample(
            at,
            Mean(s => s.RequestsPerSecond),
            ByRequests(s => s.ErrorRate),
            ByRequests(s => s.MeanMs),
            Worst(s => s.P95Ms),
            Worst(s => s.P99Ms),
            Mean(s => s.CandlesPerSecond),
            Mean(s => s.EvaluationsPerSecond),
            Mean(s => s.AlertsPerSecond),
            Mean(s => s.DeliveriesPerSecond),
            Mean(s => s.DeadLettersPerSecond),
            Mean(s => s.DeliveriesPending),
            Mean(s => s.SocketMessagesPerSecond),
            Mean(s => s.Sockets),
            Worst(s => s.CloseToAlertP99Ms),
            Worst(s => s.FirstAttemptP99Ms),
            Mean(s => s.CpuPercent),
            Mean(s => s.MemoryPercent),
            Mean(s => s.MemoryBytes),
            Mean(s => s.DatabaseConnectionsPercent));

        double? Mean(Func<PerformanceSample, double?> value) => samples.Average(value) is { } mean ? Math.Round(mean, 3) : null;

        double? Worst(Func<PerformanceSample, double?> value) => samples.Max(value);

        double? ByRequests(Func<PerformanceSample, double?> value)
        {
            var known = samples.Where(sample => value(sample) is not null && sample.RequestsPerSecond > 0).ToList();
            return known.Count == 0 ? null : Math.Round(known.Sum(s => value(s)!.Value * s.RequestsPerSecond!.Value) / known.Sum(s => s.RequestsPerSecond!.Value), 6);
        }
    }
}
