namespace CryptoScreener.Messaging.Reading;

/// <summary>What was there to read at once, in stream order.</summary>
/// <param name="Messages">At least one.</param>
/// <param name="Position">To be stored with the effects of these messages, in the same transaction.</param>
/// <param name="Pending">How many messages of the filter are still to come: the reader's lag.</param>
/// <param name="Truncated">Messages between the stored position and the first of these are gone for good.</param>
public sealed record StoredBatch(IReadOnlyList<StoredMessage> Messages, StreamPosition Position, ulong Pending, bool Truncated);

/// <summary>Makes the effects durable, position included, before it returns. Throwing means: deliver again from the last position.</summary>
public delegate ValueTask BatchHandler(StoredBatch batch, CancellationToken stop);
