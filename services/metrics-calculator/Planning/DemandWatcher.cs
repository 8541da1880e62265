using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Persistence;
using CryptoScreener.MetricsCalculator.Publishing;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Metrics;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator.Planning;

/// <summary>
/// Takes demanded metrics into the plan. Every calculator finds the same demands in the same order, so all come to the same
/// catalogue; it is on the bus before the first frame that names it. What cannot be calculated is said in the database, where whoever
/// asked for it looks.
/// </summary>
internal sealed class DemandWatcher(
    PlanBook plans, DemandStore demands, LaneSet lanes, CataloguePublisher publisher, CatalogueKeeper keeper, WhenAvailable whenAvailable,
    IOptions<CalculatorOptions> options, TimeProvider time, ILogger<DemandWatcher> logger) : BackgroundService
{
    private List<Demand>? _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.DemandSeconds), time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        var found = await whenAvailable.RunAsync("looking for demanded metrics", demands.ListAsync, stop);
        if (_seen is not null && _seen.SequenceEqual(found)) return;
        var before = plans.Current;
        var objections = new Dictionary<string, string>(StringComparer.Ordinal);
        var plan = plans.With(found.Select(demand => demand.Name), objections.Add);
        if (!ReferenceEquals(plan, before))
        {
            await publisher.PublishAsync(plan, stop);
            await keeper.KeepAsync(plan, stop);
            CalculatorLog.PlanChanged(logger, before.Catalogue.Count, plan.Catalogue.Count);
        }

        plans.Become(plan);
        if (!ReferenceEquals(plan, before)) await lanes.ReplanAsync(stop);
        _seen = await JudgeAsync(found, objections, stop);
    }

    private async Task<List<Demand>> JudgeAsync(List<Demand> found, Dictionary<string, string> objections, CancellationToken stop)
    {
        var judged = found.ConvertAll(demand => demand with { Objection = objections.GetValueOrDefault(demand.Name) });
        if (judged.SequenceEqual(found)) return judged;
        foreach (var (name, objection) in judged.Except(found).Where(demand => demand.Objection is not null))
            CalculatorLog.DemandRefused(logger, name, objection!);
        await whenAvailable.RunAsync("telling of metrics that cannot be calculated", token => demands.JudgeAsync(judged, token), stop);
        return judged;
    }
}
