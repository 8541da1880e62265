namespace CryptoScreener.Storage.Ownership;

/// <summary>State as it was after a sequence, in a format that its writer numbers.</summary>
public sealed record Snapshot(int Format, long Sequence, long TakenAt, ReadOnlyMemory<byte> Content);
