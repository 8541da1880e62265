using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Alerts;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum SuppressionReason : byte
{
    [JsonStringEnumMemberName("silence")] Silence = 0,
    [JsonStringEnumMemberName("inhibition")] Inhibition = 1,
    [JsonStringEnumMemberName("cooldown")] Cooldown = 2,
}
