namespace CryptoScreener.ApiGateway.Operations;

/// <summary>How the system did in the last five seconds; what no worker measured is absent.</summary>
/// <param name="ErrorRate">Share of the API's answers that were 5xx, from 0 to 1.</param>
/// <param name="MeanMs">Mean time of the API to answer.</param>
/// <param name="P95Ms">Of the slowest status and gateway.</param>
/// <param name="CloseToAlertP99Ms">From the closing candle at the socket to its alert on the bus.</param>
/// <param name="FirstAttemptP99Ms">From evaluated to the end of the first attempt at an endpoint.</param>
/// <param name="CpuPercent">Of the busiest worker.</param>
/// <param name="MemoryPercent">Of the worker nearest to its limit.</param>
internal sealed record PerformanceSample(
    DateTime Timestamp,
    double? RequestsPerSecond,
    double? ErrorRate,
    double? MeanMs,
    double? P95Ms,
    double? P99Ms,
    double? CandlesPerSecond,
    double? EvaluationsPerSecond,
    double? AlertsPerSecond,
    double? DeliveriesPerSecond,
    double? DeadLettersPerSecond,
    double? DeliveriesPending,
    double? SocketMessagesPerSecond,
    double? Sockets,
    double? CloseToAlertP99Ms,
    double? FirstAttemptP99Ms,
    double? CpuPercent,
    double? MemoryPercent,
    double? MemoryBytes,
    double? DatabaseConnectionsPercent)
{
    private const string Requests = "api_gateway_http_requests_total";
    private const string Duration = "api_gateway_http_duration_seconds";
    private const string Stage = "screener_stage_latency_seconds_p99";
    private const string Pool = "database_connection_pool_size";

    public static PerformanceSample Of(IReadOnlyList<HeardStatus> workers, DateTime now)
    {
        var loads = workers.Select(WorkerLoad.Of).ToList();
        return new PerformanceSample(
            now,
            Rounded(workers.Rate(Requests)),
            workers.Share(Requests, labels => labels.Contains("=\"5", StringComparison.Ordinal)),
            workers.Rate($"{Duration}_count") is > 0 and var answers ? Ms(workers.Rate($"{Duration}_sum") / answers) : null,
            Ms(workers.Worst($"{Duration}_p95")),
            Ms(workers.Worst($"{Duration}_p99")),
            Rounded(workers.Rate("data_collector_candles_received_total")),
            Rounded(workers.Rate("alert_engine_alerts_evaluated_total")),
            Rounded(workers.Rate("alert_engine_alerts_triggered_total")),
            Rounded(workers.Rate("alert_engine_webhooks_sent_total")),
            Rounded(workers.Rate("alert_engine_dead_letters_total")),
            workers.Worst("alert_engine_deliveries_pending"), // each engine counts them all
            Rounded(workers.Rate("api_gateway_websocket_messages_sent_total")),
            workers.Sum("api_gateway_websocket_connections"),
            Ms(workers.Worst(Stage, Is("close_to_alert"))),
            Ms(workers.Worst(Stage, Is("alert_to_first_attempt"))),
            loads.Max(load => load.CpuPercent),
            loads.Max(load => load.MemoryPercent),
            loads.Select(load => load.MemoryBytes).SumOrNull(),
            workers.Max(PoolPercent));
    }

    private static double? PoolPercent(HeardStatus worker) =>
        worker.Latest.Values.TryGetValue($"{Pool}{{state=\"used\"}}", out var used) && worker.Latest.Values.TryGetValue($"{Pool}{{state=\"max\"}}", out var most) && most > 0
            ? Math.Round(used / most * 100, 2)
            : null;

    private static Func<string, bool> Is(string stage) => labels => labels == $"{{stage=\"{stage}\"}}";

    private static double? Ms(double? seconds) => seconds is { } s ? Math.Round(s * 1_000, 3) : null;

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 3) : null;
}
