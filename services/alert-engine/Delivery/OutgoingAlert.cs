using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>What an endpoint is told.</summary>
/// <param name="Id">The message's id, the same over all attempts.</param>
internal sealed record OutgoingAlert(string Id, DeliveryEvent Event, AlertEvent Alert)
{
    /// <summary>The event's type, as in the body of a webhook.</summary>
    public string Type => Event switch
    {
        DeliveryEvent.Acknowledged => "alert.acknowledged",
        DeliveryEvent.Test => "alert.test",
        _ => Alert.State == AlertState.Fired ? "alert.fired" : "alert.resolved",
    };

    public static OutgoingAlert Of(ClaimedDelivery delivery, DateTimeOffset now) =>
        new(delivery.Id, delivery.Event, delivery.Alert ?? Sample(delivery.Id, now));

    // Nothing happened: the owner looks at how an alert would look.
    private static AlertEvent Sample(string id, DateTimeOffset now) => new()
    {
        Id = id,
        Symbol = "BTCUSDT",
        Exchange = "binance-futures",
        RuleType = "test",
        RuleId = "test",
        RuleVersion = 1,
        Description = "This is a test: the endpoint works.",
        Severity = AlertSeverity.Info,
        State = AlertState.Fired,
        Timestamp = now.UtcDateTime,
        Price = 65_432.1,
        Metadata = new Dictionary<string, double> { ["change(5m)"] = 1.23, ["volume(5m)"] = 4_567_890 },
        TriggerKey = "test",
    };
}
