namespace CryptoScreener.Storage.Ownership;

/// <summary>How far a reader has come: everything through this sequence of this stream has had its effect.</summary>
/// <param name="StreamEpoch">
/// When the stream was made (unix ms). A stream that was made anew starts its sequences over; then the sequence says nothing.
/// </param>
public readonly record struct Checkpoint(long Sequence, long StreamEpoch);
