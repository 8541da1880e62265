using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>A promise of the product and how it was kept in the last hour.</summary>
/// <param name="Target">The share that is promised, from 0 to 1.</param>
/// <param name="Measured">The share that was kept: of answers, of deliveries, or of the five-second intervals within the limit.</param>
internal sealed record Objective(string Name, string Promise, double Target, double Measured, bool Met);

/// <summary>The state of the service in a few figures, measured in the last hour where the name tells nothing else; what was not measured is absent.</summary>
/// <param name="ActiveUsers">Accounts that asked for something in the last hour; anonymous readers have none.</param>
/// <param name="MeanSecondsToAcknowledge">From an alert to who took it over, of those taken over in the last 24 hours.</param>
/// <param name="CostPerMonth">What the processors and the memory in use would cost for a month at the configured prices.</param>
internal sealed record ExecutiveSummary(
    DateTime Timestamp,
    int HealthScore,
    string Status,
    IReadOnlyList<Objective> Objectives,
    int Exchanges,
    int ExchangesConnected,
    int Instruments,
    int InstrumentsCurrent,
    double? ApiCallsLastHour,
    double? AlertsLastHour,
    double? DeliveriesLastHour,
    double? Sockets,
    long? ActiveUsers,
    [property: JsonPropertyName("active_users_24h")] long? ActiveUsersInDay,
    double? MeanSecondsToAcknowledge,
    double? CostPerMonth,
    string? Currency)
{
    private const double HoursPerMonth = 730;

    /// <param name="instruments">How many are known, and of how many the newest minute is at most two minutes old.</param>
    public static ExecutiveSummary Of(
        OperationsOverview overview, IReadOnlyList<PerformanceSample> hour, IReadOnlyList<WorkerLoad> loads, (int Known, int Current) instruments,
        PeopleFigures people, OperationsOptions prices) => new(
            overview.Timestamp,
            overview.HealthScore,
            overview.Status,
            ObjectivesOf(hour, overview.Exchanges),
            overview.Exchanges.Count,
            overview.Exchanges.Count(exchange => exchange.Connected),
            instruments.Known,
            instruments.Current,
            Total(hour, sample => sample.RequestsPerSecond),
            Total(hour, sample => sample.AlertsPerSecond),
            Total(hour, sample => sample.DeliveriesPerSecond),
            hour.Count > 0 ? hour[^1].Sockets : null,
            people.Active,
            people.ActiveInDay,
            people.MeanSecondsToAcknowledge,
            CostOf(loads, prices),
            CostOf(loads, prices) is null ? null : prices.Currency);

    internal static IReadOnlyList<Objective> ObjectivesOf(IReadOnlyList<PerformanceSample> hour, IReadOnlyList<ExchangeHealth> exchanges)
    {
        var requests = hour.Where(sample => sample.ErrorRate is not null).ToList();
        var sent = Total(hour, sample => sample.DeliveriesPerSecond);
        var dead = Total(hour, sample => sample.DeadLettersPerSecond);
        (string Name, string Promise, double Target, double? Measured)[] promises =
        [
            ("api_availability", "answers that are no errors", 0.995, requests.Count == 0 ? null : 1 - (requests.Sum(s => s.ErrorRate * s.RequestsPerSecond) / requests.Sum(s => s.RequestsPerSecond))),
            ("api_p95", "p95 within 200 ms", 0.95, Within(hour, sample => sample.P95Ms, 200)),
            ("api_p99", "p99 within 500 ms", 0.95, Within(hour, sample => sample.P99Ms, 500)),
            ("close_to_alert", "closed candle to alert within 1 s (p99)", 0.999, Within(hour, sample => sample.CloseToAlertP99Ms, 1_000)),
            ("first_attempt", "first delivery attempt within 5 s (p99)", 0.99, Within(hour, sample => sample.FirstAttemptP99Ms, 5_000)),
            ("delivery_success", "deliveries that arrive", 0.99, sent + dead > 0 ? sent / (sent + dead) : null),
            ("feed_freshness", "the least available exchange's live time", 0.999, exchanges.Min(exchange => exchange.Availability)),
        ];
        return
        [
            .. promises.Where(promise => promise.Measured is { } share && double.IsFinite(share))
                .Select(promise => new Objective(promise.Name, promise.Promise, promise.Target, Math.Round(promise.Measured!.Value, 5), promise.Measured >= promise.Target)),
        ];
    }

    private static double? Within(IEnumerable<PerformanceSample> hour, Func<PerformanceSample, double?> value, double limit)
    {
        var measured = hour.Select(value).OfType<double>().ToList();
        return measured.Count == 0 ? null : (double)measured.Count(ms => ms <= limit) / measured.Count;
    }

    private static double? Total(IEnumerable<PerformanceSample> hour, Func<PerformanceSample, double?> perSecond) =>
        hour.Select(perSecond).SumOrNull() is { } sum ? Math.Round(sum * PerformanceHistory.Interval.TotalSeconds) : null;

    private static double? CostOf(IReadOnlyList<WorkerLoad> loads, OperationsOptions prices)
    {
        if (prices is { PricePerCpuHour: null, PricePerGigabyteHour: null, FixedPricePerMonth: null }) return null;
        var cpu = loads.Select(load => load.CpuCores).SumOrNull() * prices.PricePerCpuHour * HoursPerMonth;
        var memory = loads.Select(load => load.MemoryBytes).SumOrNull() / (1 << 30) * prices.PricePerGigabyteHour * HoursPerMonth;
        return Math.Round((cpu ?? 0) + (memory ?? 0) + (prices.FixedPricePerMonth ?? 0), 2);
    }
}
