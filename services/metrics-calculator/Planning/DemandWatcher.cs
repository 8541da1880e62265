using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Persistence;
using CryptoScreener.MetricsCalculator.Publishing;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Metrics;
using Microsoft.Extensions.Options;

namespace CryptoScreener.MetricsCalculator.Planning;

/// <summary>
/// Takes demanded metrics into the plan. Every calculator finds the same demands in the same order, so all come to the same
/// catalogue; it is on the bus before the first frame that names it.
/// </summary>
internal sealed class DemandWatcher(
    PlanBook plans, DemandStore demands, LaneSet lanes, CataloguePublisher publisher, CatalogueKeeper keeper, WhenAvailable whenAvailable,
    IOptions<CalculatorOptions> options, TimeProvider time, ILogger<DemandWatcher> logger) : BackgroundService
{
    private readonly HashSet<string> _refused = [];
    private List<string>? _seen;

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
        var names = await whenAvailable.RunAsync("looking for demanded metrics", demands.ListAsync, stop);
        if (_seen is not null && _seen.SequenceEqual(names)) return;
        var before = plans.Current;
        var plan = plans.With(names, Refuse);
        if (!ReferenceEquals(plan, before))
        {
            await publisher.PublishAsync(plan, stop);
            await keeper.KeepAsync(plan, stop);
            CalculatorLog.PlanChanged(logger, before.Catalogue.Count, plan.Catalogue.Count);
        }

        plans.Become(plan);
        if (!ReferenceEquals(plan, before)) await lanes.ReplanAsync(stop);
        _seen = names;
    }

    private void Refuse(string name, string objection)
    {
        if (_refused.Add(name)) CalculatorLog.DemandRefused(logger, name, objection);
    }
}
