using CryptoScreener.ApiGateway.Live;
using CryptoScreener.ApiGateway.Realtime.Sockets;
using CryptoScreener.Contracts.Candles;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>Collects what the operators' views are calculated from.</summary>
internal sealed class OperationsViews(
    ServiceBook services,
    ExchangeBook exchanges,
    OperatorAlertBook alerts,
    PerformanceHistory history,
    FrameBook frames,
    Admission admission,
    PeopleReader people,
    IOptions<OperationsOptions> options,
    TimeProvider time)
{
    public async Task<OperationsOverview> OverviewAsync(CancellationToken stop) => Overview(await people.ReadAsync(stop));

    public async Task<ExecutiveSummary> SummaryAsync(CancellationToken stop)
    {
        var figures = await people.ReadAsync(stop);
        var now = time.GetUtcNow();
        var old = now.ToUnixTimeMilliseconds() - (3 * Timeframe.MinuteMs); // a minute lasts one, and may come two late
        var known = frames.All.ToList();
        return ExecutiveSummary.Of(
            Overview(figures),
            history.Since(now.UtcDateTime - PerformanceHistory.Kept),
            [.. services.Alive.Select(WorkerLoad.Of)],
            (known.Count, known.Count(frame => frame.Header.Minute >= old)),
            figures,
            options.Value);
    }

    private OperationsOverview Overview(PeopleFigures figures)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return OperationsOverview.Of(
            services.Alive, exchanges.Now(), OperatorAlertSummary.Of(alerts.All, figures.MeanSecondsToAcknowledge, now), history.Since(now - PerformanceHistory.Kept), options.Value, admission.Capacity, now);
    }

    public PerformanceNow Now()
    {
        var workers = services.Alive;
        var now = time.GetUtcNow().UtcDateTime;
        var stages = workers.SelectMany(worker => worker.Latest.Values.Where(value => value.Key.StartsWith("screener_stage_latency_seconds_p", StringComparison.Ordinal)))
            .GroupBy(value => value.Key["screener_stage_latency_seconds_".Length..])
            .ToDictionary(group => group.Key.Replace("{stage=\"", "_", StringComparison.Ordinal).Replace("\"}", "", StringComparison.Ordinal), group => Math.Round(group.Max(value => value.Value) * 1_000, 3), StringComparer.Ordinal);
        return new PerformanceNow(history.Latest ?? PerformanceSample.Of(workers, now), stages, [.. workers.Select(WorkerLoad.Of)]);
    }
}

/// <param name="StagesMs">Latency of each stage of the pipeline over the last five seconds, of the slowest worker: <c>p99_calculated</c> and so on.</param>
internal sealed record PerformanceNow(PerformanceSample Current, IReadOnlyDictionary<string, double> StagesMs, IReadOnlyList<WorkerLoad> Workers);
