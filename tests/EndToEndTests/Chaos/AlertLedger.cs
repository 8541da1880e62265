using System.Globalization;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>All alerts that the stream holds, and what is wrong with them beside what happened, was delivered and was told.</summary>
internal sealed class AlertLedger(IReadOnlyList<(long Sequence, AlertEvent Event)> stored)
{
    private IEnumerable<AlertEvent> Fired(string rule) => stored.Select(alert => alert.Event).Where(alert => alert.RuleId == rule && alert.State == AlertState.Fired);

    public int Count => stored.Count;

    /// <summary>Minutes of instruments with an alert of their close.</summary>
    public HashSet<(string Symbol, long Minute)> Closes { get; } =
        [.. stored.Select(alert => alert.Event).Where(alert => alert.RuleId == ChaosRules.Close && alert.State == AlertState.Fired).Select(alert => (alert.Symbol, MinuteOf(alert)))];

    public IEnumerable<string> Doubled() =>
    [
        .. stored.GroupBy(alert => alert.Event.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"id {same.Key} is in the stream {same.Count()} times"),
        .. Fired(ChaosRules.Close).GroupBy(alert => (alert.Symbol, MinuteOf(alert))).Where(same => same.Count() > 1).Select(same => $"the close of {same.Key} fired {same.Count()} times"),
        .. Fired(ChaosRules.Within).GroupBy(alert => (alert.Symbol, alert.TriggerKey)).Where(same => same.Count() > 1).Select(same => $"within {same.Key} fired {same.Count()} times"),
    ];

    public IEnumerable<string> LostCloses(IEnumerable<(string Symbol, long Minute)> traded) => traded.Where(close => !Closes.Contains(close)).Select(close => $"no alert of the close of {close}");

    /// <summary>A rule that stays silent could not be doubled either.</summary>
    public IEnumerable<string> NeverFired() => ChaosRules.All.Where(rule => !Fired(rule.Id).Any()).Select(rule => $"{rule.Id} never fired");

    /// <summary>What must have reached the receiver, and has not.</summary>
    public IEnumerable<string> Undelivered(IReadOnlySet<string> delivered) => stored
        .Where(alert => alert.Event is { Suppressed: null, Late: false } && !delivered.Contains(alert.Event.Id))
        .Select(alert => $"alert {alert.Sequence} {alert.Event.RuleId} {alert.Event.State} {alert.Event.Id} did not arrive");

    public static IEnumerable<string> Renamed(IEnumerable<ReceivedWebhook> requests) => requests
        .GroupBy(request => request.Data.GetProperty("id").GetString()!, StringComparer.Ordinal)
        .Where(same => same.Select(request => request.Id).Distinct().Count() > 1)
        .Select(same => $"alert {same.Key} came under {same.Select(request => request.Id).Distinct().Count()} ids");

    /// <summary>A client that follows must have exactly what the stream holds, in its order.</summary>
    public IEnumerable<string> NotTold(long start, IReadOnlyList<(long Sequence, string Id)> told)
    {
        var expected = stored.Where(alert => alert.Sequence > start).Select(alert => (alert.Sequence, alert.Event.Id)).ToList();
        return expected.Except(told).Select(alert => $"the client did not get {alert}")
            .Concat(told.Except(expected).Select(alert => $"the client got {alert}, which the stream has not"))
            .Concat(told.Zip(told.Skip(1)).Where(pair => pair.Second.Sequence <= pair.First.Sequence).Select(pair => $"the client got {pair.Second} after {pair.First}"));
    }

    private static long MinuteOf(AlertEvent alert) => long.Parse(alert.TriggerKey, CultureInfo.InvariantCulture);
}
