using System.Text.Json.Serialization;

namespace CryptoScreener.Storage.Replays;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum ReplayState : byte
{
    [JsonStringEnumMemberName("queued")] Queued = 0,
    [JsonStringEnumMemberName("running")] Running = 1,
    [JsonStringEnumMemberName("done")] Done = 2,
    [JsonStringEnumMemberName("failed")] Failed = 3,
    [JsonStringEnumMemberName("cancelled")] Cancelled = 4,
}
