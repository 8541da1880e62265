using System.Text.Json.Serialization;

namespace CryptoScreener.Rules.Triggers;

/// <summary>Where one rule stands on one instrument. Persisted and on the wire: values are explicit and append-only.</summary>
public enum TriggerPhase : byte
{
    /// <summary>The condition is false.</summary>
    [JsonStringEnumMemberName("inactive")] Inactive = 0,

    /// <summary>The condition is true, but has not held long enough.</summary>
    [JsonStringEnumMemberName("pending")] Pending = 1,

    /// <summary>The condition is true and has held.</summary>
    [JsonStringEnumMemberName("firing")] Firing = 2,

    /// <summary>The condition is false again, but not long enough to be over.</summary>
    [JsonStringEnumMemberName("recovering")] Recovering = 3,

    /// <summary>The condition is unknown: nothing fires, nothing resolves.</summary>
    [JsonStringEnumMemberName("no_data")] NoData = 4,
}
