using System.Collections.Concurrent;
using CryptoScreener.ApiGateway.Auth;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>How often what fired, as every page of rules and of alerts shows it. The database counts for one at a time. Bounded; when full it forgets all.</summary>
internal sealed class AlertCounts : IDisposable
{
    private const int Capacity = 500;
    private readonly AlertSummaries _counting;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<Viewer, SparedAnswer<AlertSummary>> _summaries = new();
    private readonly SparedAnswer<Dictionary<string, long>> _lastDay;

    public AlertCounts(AlertSummaries counting, TimeProvider time)
    {
        (_counting, _time) = (counting, time);
        _lastDay = InTurn(stop => counting.ByRuleAsync(Ago(24), stop));
    }

    public Task<AlertSummary> OfAsync(int hours, Account account, CancellationToken stop)
    {
        if (_summaries.Count >= Capacity) _summaries.Clear();
        var mine = _summaries.GetOrAdd(
            new Viewer(hours, account.Owner, account.Role == Role.Admin),
            viewer => InTurn(end => _counting.SinceAsync(Ago(viewer.Hours), viewer.Owner, viewer.OfEveryOwner, end)));
        return mine.GetAsync(stop);
    }

    /// <summary>The firings of the last 24 hours by rule, of all owners; rules that did not fire are missing.</summary>
    public Task<Dictionary<string, long>> LastDayAsync(CancellationToken stop) => _lastDay.GetAsync(stop);

    public void Dispose() => _turn.Dispose();

    private SparedAnswer<T> InTurn<T>(Func<CancellationToken, Task<T>> count) => new(
        async stop =>
        {
            await _turn.WaitAsync(stop);
            try
            {
                return await count(stop);
            }
            finally
            {
                _turn.Release();
            }
        },
        _time);

    private long Ago(int hours) => (_time.GetUtcNow() - TimeSpan.FromHours(hours)).ToUnixTimeMilliseconds();

    private readonly record struct Viewer(int Hours, string? Owner, bool OfEveryOwner);
}
