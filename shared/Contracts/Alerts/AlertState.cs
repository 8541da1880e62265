using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Alerts;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum AlertState : byte
{
    [JsonStringEnumMemberName("fired")] Fired = 0,
    [JsonStringEnumMemberName("resolved")] Resolved = 1,
}
