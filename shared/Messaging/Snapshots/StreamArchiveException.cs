namespace CryptoScreener.Messaging.Snapshots;

/// <summary>The server did not give or take a snapshot, and why.</summary>
public sealed class StreamArchiveException(string message) : Exception(message);
