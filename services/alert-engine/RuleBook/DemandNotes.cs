using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Asks calculators for the metrics that rules look at and the catalogue does not hold. When frames bring them, rules are compiled for those.</summary>
internal sealed class DemandNotes(RulesInForce rules, DemandStore demands, RefusedMetrics refusedMetrics, TimeProvider time, ILogger<DemandNotes> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What is in use is said again, or it would be taken for forgotten.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromHours(6);

    /// <summary>What there was no room for is asked for again: others may have gone out of use.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(5);

    private CatalogueRules? _noted;
    private long _notedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await NoteAsync(stoppingToken);
    }

    private async Task NoteAsync(CancellationToken stop)
    {
        if (rules.Newest is not { } newest) return;
        var isNew = !ReferenceEquals(newest, _noted);
        if (!isNew && time.GetElapsedTime(_notedAt) < (refusedMetrics.Names.Count > 0 ? Retry : Renewal)) return;
        var looked = newest.ById.Values.SelectMany(rule => rule.Metrics).DistinctBy(metric => metric.Name).ToList();
        try
        {
            var refused = await demands.NoteAsync(
                [.. looked.Where(metric => metric.Column < 0).Select(metric => metric.Name)], [.. looked.Select(metric => metric.Name)], stop);
            refusedMetrics.Replace(refused);
            if (refused.Count > 0 && isNew) EngineLog.DemandsFull(logger, string.Join(" ", refused), DemandStore.Most);
            (_noted, _notedAt) = (newest, time.GetTimestamp());
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            // noted when the database is back
        }
    }
}
