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
/// <param name="Connections">Sockets that are open, of <paramref name="ConnectionsExpected"/>.</param>
/// <param name="Detail">What is wrong, in words; absent when nothing is.</param>
/// <param name="ResponseMs">How long its REST interface takes of late; absent before the first request.</param>
/// <param name="ErrorRate">The share of its REST requests that failed of late, 0 to 1.</param>
public sealed record FeedStatus(
    string Exchange,
    FeedState State,
    bool Simulated,
    int Instruments,
    int Connections,
    double StalenessSeconds,
    double ClockSkewMs,
    long At,
    string? Detail = null,
    int ConnectionsExpected = 0,
    int GapsOpen = 0,
    double? ResponseMs = null,
    double? ErrorRate = null);
