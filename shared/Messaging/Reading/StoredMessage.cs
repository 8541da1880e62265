namespace CryptoScreener.Messaging.Reading;

/// <summary>A message of a stream; the bytes are valid until the batch's handler has returned.</summary>
public readonly record struct StoredMessage(string Subject, ReadOnlyMemory<byte> Data, ulong Sequence, DateTimeOffset StoredAt);
