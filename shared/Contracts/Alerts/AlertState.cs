using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Alerts;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum AlertState : byte
{
    [JsonStringEnumMemberName("fired")] Fired = 0,
    [JsonStringEnumMemberName("resolved")] Resolved = 1,

    /// <summary>Somebody took a firing over: an event of its own, not a state that the firing is found in.</summary>
    [JsonStringEnumMemberName("acknowledged")] Acknowledged = 2,
}
