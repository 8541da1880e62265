using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Rules;

/// <summary>When a true condition becomes an alert. Persisted and on the wire: values are explicit and append-only.</summary>
public enum TriggerMode : byte
{
    [JsonStringEnumMemberName("on_enter")] OnEnter = 0,
    [JsonStringEnumMemberName("on_exit")] OnExit = 1,
    [JsonStringEnumMemberName("once")] Once = 2,
    [JsonStringEnumMemberName("once_per_bar")] OncePerBar = 3,
    [JsonStringEnumMemberName("once_per_bar_close")] OncePerBarClose = 4,
    [JsonStringEnumMemberName("every")] Every = 5,
}
