using CryptoScreener.Contracts.Feed;

namespace CryptoScreener.Storage.Gaps;

/// <summary>Minutes of an instrument that we know we do not have, or did not; first and last open time, unix ms.</summary>
public sealed record GapRow(int InstrumentId, long From, long Through, GapState State, string Cause, long FoundAt, long UpdatedAt);
