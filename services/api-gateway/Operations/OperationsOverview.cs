namespace CryptoScreener.ApiGateway.Operations;

/// <summary>The alerts about the system itself in short.</summary>
/// <param name="Incidents24h">Begun in the last 24 hours, as told to this gateway.</param>
/// <param name="MeanSecondsToDetect">From the beginning of an incident to when it was told; absent without incidents.</param>
/// <param name="MeanSecondsToAcknowledge">From an alert of a rule to who took it over, in the last 24 hours: Alertmanager tells no acknowledgements.</param>
internal sealed record OperatorAlertSummary(
    IReadOnlyDictionary<string, int> ActiveBySeverity, IReadOnlyList<OperatorAlert> Top, int Incidents24h, double? MeanSecondsToDetect, double? MeanSecondsToAcknowledge)
{
    public static OperatorAlertSummary Of(IReadOnlyList<OperatorAlert> alerts, double? meanSecondsToAcknowledge, DateTime now)
    {
        var active = alerts.Where(alert => alert.Firing).ToList();
        var recent = alerts.Where(alert => alert.StartsAt > now - TimeSpan.FromDays(1)).ToList();
        return new OperatorAlertSummary(
            active.GroupBy(alert => alert.Severity).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
            [.. active.OrderBy(alert => Rank(alert.Severity)).ThenByDescending(alert => alert.StartsAt).Take(5)],
            recent.Count,
            recent.Count == 0 ? null : Math.Round(recent.Average(alert => Math.Max(0, (alert.HeardAt - alert.StartsAt).TotalSeconds)), 1),
            meanSecondsToAcknowledge);
    }

    private static int Rank(string severity) => severity switch { "critical" => 0, "warning" => 1, "info" => 2, _ => 3 };
}

/// <summary>What an operator looks at first.</summary>
internal sealed record OperationsOverview(
    DateTime Timestamp,
    int HealthScore,
    string Status,
    IReadOnlyList<Finding> Findings,
    int WorkersAlive,
    IReadOnlyList<string> WorkersNotReady,
    string Ecosystem,
    string Redundancy,
    IReadOnlyList<ExchangeHealth> Exchanges,
    OperatorAlertSummary Alerts,
    IReadOnlyList<Headroom> Capacity,
    PerformanceSample Performance)
{
    public static OperationsOverview Of(
        IReadOnlyList<HeardStatus> workers,
        IReadOnlyList<ExchangeHealth> exchanges,
        OperatorAlertSummary alerts,
        IReadOnlyList<PerformanceSample> history,
        OperationsOptions options,
        int socketLimit,
        DateTime now)
    {
        var sample = history.Count > 0 ? history[^1] : PerformanceSample.Of(workers, now);
        var findings = Health.FindingsOf(sample, workers.Select(WorkerLoad.Of), Objectives.Of(history, exchanges));
        var score = Health.ScoreOf(findings);
        return new OperationsOverview(
            now,
            score,
            Health.StatusOf(score),
            findings,
            workers.Count,
            [.. workers.Where(worker => !worker.Latest.Ready).Select(worker => $"{worker.Latest.Service} {worker.Latest.Instance}").Order(StringComparer.Ordinal)],
            exchanges.Count == 0 ? "unknown" : exchanges.All(exchange => exchange.State == "healthy") ? "healthy" : "impaired",
            exchanges.Count(exchange => exchange.Connected) >= 2 ? "good" : "none",
            exchanges,
            alerts,
            Operations.Capacity.Of(history, options.CandlesPerSecondLimit, socketLimit),
            sample);
    }
}
