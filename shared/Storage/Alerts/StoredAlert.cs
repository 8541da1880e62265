using CryptoScreener.Contracts.Alerts;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Storage.Alerts;

/// <summary>An alert event with its place in the ALERTS stream, and who acknowledged it when (unix ms).</summary>
public sealed record StoredAlert(AlertEvent Event, long StreamSequence, long? AcknowledgedAt = null, string? AcknowledgedBy = null)
{
    /// <summary>The event that says who took it over and when: on ALERTS and to whoever heard of the alert.</summary>
    public AlertEvent Acknowledgement()
    {
        var key = $"{Event.TriggerKey}:acknowledged";
        return Event with
        {
            Id = AlertId.Of(Event.RuleId, Event.RuleVersion, new InstrumentId(Event.Exchange, Event.Symbol), key),
            State = AlertState.Acknowledged,
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(AcknowledgedAt!.Value).UtcDateTime,
            TriggerKey = key,
            Resolves = null,
            Acknowledges = Event.Id,
            AcknowledgedBy = AcknowledgedBy,
            ReceivedAt = 0,
            CalculatedAt = 0,
            EvaluatedAt = 0,
        };
    }
}
