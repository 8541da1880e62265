using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Asks calculators for the metrics that rules look at and the catalogue does not hold. When frames bring them, rules are compiled for those.</summary>
internal sealed class DemandNotes(RulesInForce rules, DemandStore demands, RefusedMetrics refusedMetrics, TimeProvider time, ILogger<DemandNotes> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What is in use is said again, or it would be taken for forgotten.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromHours(6);

    /// <summary>What is missing is asked for again: calculators may object to it, and others that took its room go out of use.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private CatalogueRules? _noted;
    private long _notedAt;
    private bool _isMissing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RunOnceAsync(stoppingToken);
    }

    internal async Task RunOnceAsync(CancellationToken stop)
    {
        if (rules.Newest is not { } newest) return;
        var isNew = !ReferenceEquals(newest, _noted);
        if (!isNew && time.GetElapsedTime(_notedAt) < (_isMissing ? Retry : Renewal)) return;
        var looked = newest.ById.Values.SelectMany(rule => rule.Metrics).DistinctBy(metric => metric.Name).ToList();
        string[] missing = [.. looked.Where(metric => metric.Column < 0).Select(metric => metric.Name)];
        try
        {
            var refusals = await demands.NoteAsync(missing, [.. looked.Select(metric => metric.Name)], stop);
            refusedMetrics.Replace(refusals);
            if (isNew) TellOf(refusals.Where(refusal => refusal.Objection is null));
            (_noted, _notedAt, _isMissing) = (newest, time.GetTimestamp(), missing.Length > 0);
        }
        catch (Exception e) when (DatabaseErrors.IsUnavailable(e) && !stop.IsCancellationRequested)
        {
            // noted when the database is back
        }
    }

    private void TellOf(IEnumerable<Refusal> withoutRoom)
    {
        var names = string.Join(" ", withoutRoom.Select(refusal => refusal.Name));
        if (names.Length > 0) EngineLog.DemandsFull(logger, names, DemandStore.Most);
    }
}
