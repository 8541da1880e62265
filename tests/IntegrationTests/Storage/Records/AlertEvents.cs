using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Storage.Alerts;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.IntegrationTests.Storage.Records;

internal static class AlertEvents
{
    internal static readonly DateTime Noon = new(2026, 11, 20, 12, 0, 0, DateTimeKind.Utc);

    internal static StoredAlert Alert(int number, string symbol = "BTCUSDT", string ruleType = "custom", string? owner = null) => new(
        new AlertEvent
        {
            Id = $"alert-{number:000}",
            Symbol = symbol,
            Exchange = "binance-futures",
            RuleType = ruleType,
            RuleId = $"rule-of-{ruleType}",
            RuleVersion = 2,
            Description = "what happened",
            Severity = number % 2 == 0 ? AlertSeverity.Critical : AlertSeverity.Info,
            State = AlertState.Fired,
            Timestamp = Noon.AddMinutes(number),
            Price = 0.1 + number,
            Metadata = new Dictionary<string, double> { ["change(5m)"] = 1.5 },
            TriggerKey = "k",
            Owner = owner,
        },
        StreamSequence: 1_000 + number);

    /// <summary>Records as the reader of ALERTS does.</summary>
    internal static async Task RecordAsync(TestStorage storage, IReadOnlyList<StoredAlert> alerts, params IReadOnlyList<NewDelivery> deliveries)
    {
        var checkpoints = storage.Get<CheckpointStore>();
        var lease = new PartitionLease("recorder", 0, 1);
        await checkpoints.AdoptAsync("alerts", lease);
        await checkpoints.CommitAsync(
            "alerts", lease, new Checkpoint(alerts.Max(alert => alert.StreamSequence), 0),
            (transaction, stop) => AlertStore.RecordAsync(transaction, alerts, deliveries, stop));
    }
}
