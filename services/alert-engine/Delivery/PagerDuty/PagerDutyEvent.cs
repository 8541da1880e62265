using System.Text.Json.Nodes;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Hosting;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery.PagerDuty;

/// <summary>An event of the Events API v2. What fired, was acknowledged and was resolved share their dedup_key: one incident.</summary>
internal static class PagerDutyEvent
{
    internal const int SummaryLimit = 1024;

    public static JsonObject Of(string routingKey, OutgoingAlert message)
    {
        var alert = message.Alert;
        var details = new JsonObject();
        foreach (var (name, value) in AlertText.Numbers(alert)) details[name] = value;
        return new JsonObject
        {
            ["routing_key"] = routingKey,
            ["event_action"] = (message.Event, alert.State) switch
            {
                (DeliveryEvent.Acknowledged, _) => "acknowledge",
                (_, AlertState.Resolved) => "resolve",
                _ => "trigger",
            },
            ["dedup_key"] = AlertCorrelation.IdOf(alert),
            ["payload"] = new JsonObject
            {
                ["summary"] = AlertText.Cut($"{AlertText.Title(message)}: {AlertText.Summary(message)}", SummaryLimit),
                ["source"] = $"{alert.Exchange}:{alert.Symbol}",
                ["severity"] = alert.Severity switch
                {
                    AlertSeverity.Critical => "critical",
                    AlertSeverity.Warning => "warning",
                    _ => "info",
                },
                ["timestamp"] = alert.Timestamp.ToUniversalTime(),
                ["component"] = alert.Symbol,
                ["group"] = alert.Exchange,
                ["class"] = alert.RuleType,
                ["custom_details"] = details,
            },
        };
    }
}
