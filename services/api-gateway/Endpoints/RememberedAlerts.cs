using CryptoScreener.ApiGateway.Alerts;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// The list of alerts while the database is away: up to a week of them is in memory, but for who took what over. Who asks for all since
/// a time gets all of them or is told to ask again, because a cut list looks just like a whole one.
/// </summary>
internal static class RememberedAlerts
{
    /// <summary>On lists that are made from memory, and may end sooner than they would.</summary>
    internal const string Header = "X-Served-From";

    /// <summary>
    /// What the database would have given; null when that cannot be known. A next page is promised only where nothing is missing through
    /// the end of this one: it begins there, and nobody would look for what it passes over.
    /// </summary>
    public static (List<AlertRow> Alerts, bool HasNext)? Find(AlertRing ring, AlertQuery query)
    {
        var (found, wholeAfter) = ring.Find(alert => Matches(query, alert));
        if (query.Since <= wholeAfter) return null;
        // The stream's order is not that of event times, by which a list is cut and its next page found.
        List<AlertRow> alerts =
        [
            .. found.OrderByDescending(alert => ApiTime.ToUnixMs(alert.Event.Timestamp)).ThenByDescending(alert => alert.Event.Id, StringComparer.Ordinal)
                .Take(query.Limit).Select(alert => AlertList.TextOf(new StoredAlert(alert.Event, (long)alert.Sequence))),
        ];
        return (alerts, alerts.Count == query.Limit && alerts[^1].EventTime > wholeAfter);
    }

    private static bool Matches(AlertQuery query, AlertEvent alert) =>
        (query.OfEveryOwner || alert.Owner is null || alert.Owner == query.VisibleTo)
        && (query.Exchange is null || alert.Exchange == query.Exchange) && (query.Symbol is null || alert.Symbol == query.Symbol)
        && (query.RuleType is null || alert.RuleType == query.RuleType) && (query.RuleId is null || alert.RuleId == query.RuleId)
        && !(alert.Severity < query.AtLeast) && (query.State is { } state ? alert.State == state : alert.State != AlertState.Acknowledged)
        && !(ApiTime.ToUnixMs(alert.Timestamp) < query.Since) && !(ApiTime.ToUnixMs(alert.Timestamp) > query.Until);
}
