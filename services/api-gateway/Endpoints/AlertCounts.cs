using System.Collections.Concurrent;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>How often what fired, as every page of rules and of alerts shows it. Bounded; when full it forgets all.</summary>
internal sealed class AlertCounts(AlertSummaries summaries, TimeProvider time)
{
    private const int Capacity = 500;
    private readonly ConcurrentDictionary<Viewer, SparedAnswer<AlertSummary>> _summaries = new();
    private readonly SparedAnswer<Dictionary<string, long>> _lastDay = new(stop => summaries.ByRuleAsync(Ago(time, 24), stop), time);

    public Task<AlertSummary> OfAsync(int hours, Account account, CancellationToken stop)
    {
        if (_summaries.Count >= Capacity) _summaries.Clear();
        return _summaries.GetOrAdd(
            new Viewer(hours, account.Owner, account.Role == Role.Admin),
            static (viewer, all) => new SparedAnswer<AlertSummary>(
                stop => all.summaries.SinceAsync(Ago(all.time, viewer.Hours), viewer.Owner, viewer.OfEveryOwner, stop), all.time),
            (summaries, time)).GetAsync(stop);
    }

    /// <summary>The firings of the last 24 hours by rule, of all owners; rules that did not fire are missing.</summary>
    public Task<Dictionary<string, long>> LastDayAsync(CancellationToken stop) => _lastDay.GetAsync(stop);

    private static long Ago(TimeProvider time, int hours) => (time.GetUtcNow() - TimeSpan.FromHours(hours)).ToUnixTimeMilliseconds();

    private readonly record struct Viewer(int Hours, string? Owner, bool OfEveryOwner);
}
