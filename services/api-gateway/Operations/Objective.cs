namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A promise of the product and how it was kept in the last hour.</summary>
/// <param name="Target">The share that is promised, from 0 to 1.</param>
/// <param name="Measured">The share that was kept: of answers, of deliveries, or of the five-second intervals within the limit.</param>
/// <param name="Judged">Whether enough was measured to judge it; until then <paramref name="Met"/> is only how it begins.</param>
internal sealed record Objective(string Name, string Promise, double Target, double Measured, bool Met, bool Judged);

/// <summary>What is promised, and how it is kept. Pure. Names, targets and limits are those of deploy/prometheus/values.yml.</summary>
internal static class Objectives
{
    /// <summary>Five minutes: the first answers of a start are slow, and among a handful they would be most.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(5);

    private const int FewestMeasured = 20;

    /// <summary>One that failed may be chance, however few were promised to: an hour has no thousand intervals of which one might.</summary>
    private const double FewestFailed = 1.5;

    public static IReadOnlyList<Objective> Of(IReadOnlyList<PerformanceSample> hour, IReadOnlyList<ExchangeHealth> exchanges)
    {
        var isWatched = hour.Count > 0 && hour[^1].Timestamp - hour[0].Timestamp >= Watched;
        (string Name, string Promise, double Target, Share? Kept)[] promises =
        [
            ("api_availability", "answers that are no errors", 0.995, Answers(hour)),
            ("api_p95", "p95 within 200 ms", 0.95, Within(hour, sample => sample.P95Ms, 200)),
            ("api_p99", "p99 within 500 ms", 0.99, Within(hour, sample => sample.P99Ms, 500)),
            ("candle_to_alert", "closed candle to alert within 1 s (p99)", 0.999, Within(hour, sample => sample.CloseToAlertP99Ms, 1_000)),
            ("first_delivery", "first delivery attempt within 5 s (p99)", 0.99, Within(hour, sample => sample.FirstAttemptP99Ms, 5_000)),
            ("delivery_success", "deliveries that arrive", 0.99, Deliveries(hour)),
            ("feed_freshness", "the least available exchange's live time", 0.999, Least(exchanges, hour.Count)),
        ];
        return
        [
            .. promises.Where(promise => promise.Kept is { } kept && double.IsFinite(kept.Value)).Select(promise => new Objective(
                promise.Name, promise.Promise, promise.Target, Math.Round(promise.Kept!.Value.Value, 5), promise.Kept.Value.Value >= promise.Target,
                isWatched && IsEnough(promise.Kept.Value, promise.Target))),
        ];
    }

    private static bool IsEnough(Share kept, double target) =>
        kept.Count >= FewestMeasured && (kept.Value >= target || kept.Count * (1 - kept.Value) >= FewestFailed);

    private static Share? Answers(IReadOnlyList<PerformanceSample> hour)
    {
        var asked = hour.Where(sample => sample.ErrorRate is not null).ToList();
        return asked.Count == 0 ? null : new Share(1 - ((asked.Sum(s => s.ErrorRate * s.RequestsPerSecond) / asked.Sum(s => s.RequestsPerSecond)) ?? 0), Counted(asked.Sum(s => s.RequestsPerSecond)));
    }

    private static Share? Deliveries(IReadOnlyList<PerformanceSample> hour)
    {
        var sent = hour.Select(sample => sample.DeliveriesPerSecond).SumOrNull();
        var dead = hour.Select(sample => sample.DeadLettersPerSecond).SumOrNull();
        return sent + dead is > 0 and var all ? new Share(sent!.Value / all, Counted(all)) : null;
    }

    private static Share? Within(IEnumerable<PerformanceSample> hour, Func<PerformanceSample, double?> value, double limit)
    {
        var measured = hour.Select(value).OfType<double>().ToList();
        return measured.Count == 0 ? null : new Share((double)measured.Count(ms => ms <= limit) / measured.Count, measured.Count);
    }

    private static Share? Least(IEnumerable<ExchangeHealth> exchanges, int intervals) =>
        exchanges.Min(exchange => exchange.Availability) is { } least ? new Share(least, intervals) : null;

    /// <summary>How many it were, of rates per second.</summary>
    private static double Counted(double? perSecond) => (perSecond ?? 0) * PerformanceHistory.Interval.TotalSeconds;

    /// <summary>What was kept, of how many.</summary>
    private readonly record struct Share(double Value, double Count);
}
