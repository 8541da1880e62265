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

    /// <summary>What the database would have given; null when that cannot be known.</summary>
    public static List<AlertRow>? Find(AlertRing ring, AlertQuery query)
    {
        if (query.Since is { } since && !ring.HasAllSince(since)) return null;
        // The stream's order is not that of event times: what is all there is put in order before it is cut.
        var found = ring.Newest(alert => Matches(query, alert), query.Since is null ? query.Limit : AlertRing.Capacity)
            .Select(alert => AlertList.TextOf(new StoredAlert(alert.Event, (long)alert.Sequence)));
        return query.Since is null
            ? [.. found]
            : [.. found.OrderByDescending(alert => alert.EventTime).ThenByDescending(alert => alert.Id, StringComparer.Ordinal).Take(query.Limit)];
    }

    private static bool Matches(AlertQuery query, AlertEvent alert) =>
        (query.OfEveryOwner || alert.Owner is null || alert.Owner == query.VisibleTo)
        && (query.Exchange is null || alert.Exchange == query.Exchange) && (query.Symbol is null || alert.Symbol == query.Symbol)
        && (query.RuleType is null || alert.RuleType == query.RuleType) && (query.RuleId is null || alert.RuleId == query.RuleId)
        && !(alert.Severity < query.AtLeast) && (query.State is { } state ? alert.State == state : alert.State != AlertState.Acknowledged)
        && !(ApiTime.ToUnixMs(alert.Timestamp) < query.Since) && !(ApiTime.ToUnixMs(alert.Timestamp) > query.Until);
}
