using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Operations;

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
            Operations.Objectives.Of(hour, overview.Exchanges),
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
