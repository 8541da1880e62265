using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Alerts;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum AlertSeverity : byte
{
    [JsonStringEnumMemberName("info")] Info = 0,
    [JsonStringEnumMemberName("warning")] Warning = 1,
    [JsonStringEnumMemberName("critical")] Critical = 2,
}
