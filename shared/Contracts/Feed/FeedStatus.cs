using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Feed;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum FeedState : byte
{
    [JsonStringEnumMemberName("starting")] Starting = 0,
    [JsonStringEnumMemberName("live")] Live = 1,
    [JsonStringEnumMemberName("stale")] Stale = 2,
    [JsonStringEnumMemberName("down")] Down = 3,
}

/// <summary>How one collector sees one exchange now.</summary>
public sealed record FeedStatus(
    string Exchange,
    FeedState State,
    bool Simulated,
    int Instruments,
    int Connections,
    double StalenessSeconds,
    double ClockSkewMs,
    long At,
    string? Detail = null);
