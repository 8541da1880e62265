using System.Text.Json.Serialization;

namespace CryptoScreener.Contracts.Feed;

/// <summary>Persisted and on the wire: values are explicit and append-only.</summary>
public enum GapState : byte
{
    [JsonStringEnumMemberName("found")] Found = 0,
    [JsonStringEnumMemberName("repaired")] Repaired = 1,
    [JsonStringEnumMemberName("abandoned")] Abandoned = 2,
}

/// <summary>Minutes of one instrument that we know we do not have, from the first through the last open time.</summary>
public sealed record GapEvent(string Exchange, string Symbol, long From, long Through, GapState State, string Cause, long At);
