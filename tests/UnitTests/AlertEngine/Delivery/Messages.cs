using CryptoScreener.AlertEngine.Delivery;
using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Delivery;

namespace CryptoScreener.UnitTests.AlertEngine.Delivery;

internal static class Messages
{
    internal static AlertEvent Alert(string id = "a1", AlertSeverity severity = AlertSeverity.Warning, AlertState state = AlertState.Fired, string? owner = null) => new()
    {
        Id = id,
        Symbol = "BTCUSDT",
        Exchange = "binance-futures",
        RuleType = "custom",
        RuleId = "rule-1",
        RuleVersion = 1,
        Description = "RSI is low",
        Severity = severity,
        State = state,
        Timestamp = new DateTime(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc),
        Price = 65_432.125,
        Metadata = new Dictionary<string, double> { ["rsi(14,1h)"] = 29.5, ["volume(5m)"] = 4_567_890 },
        TriggerKey = "k",
        Owner = owner,
    };

    internal static OutgoingAlert Outgoing(AlertEvent? alert = null, DeliveryEvent @event = DeliveryEvent.Alert) => new("msg_1", @event, alert ?? Alert());

    /// <summary>As long and as nasty as an owner can make it.</summary>
    internal static AlertEvent Huge() => Alert() with
    {
        Description = string.Concat(Enumerable.Repeat("<b>&\"\\\n😀@everyone ", 1_000)),
        RuleType = new string('r', 2_000),
        Metadata = Enumerable.Range(0, 200).ToDictionary(i => $"metric_{i}_{new string('<', 300)}", i => i * 1.5),
    };
}
