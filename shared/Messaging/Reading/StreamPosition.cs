namespace CryptoScreener.Messaging.Reading;

/// <summary>
/// How far a reader has come. The creation time says of which stream: after a loss of the server's disk sequences begin
/// anew, and a bare number would skip everything up to it.
/// </summary>
/// <param name="Sequence">The last sequence whose effects are durable; 0 for none.</param>
/// <param name="StreamCreated">When that stream was created (unix ms); 0 when unknown.</param>
public readonly record struct StreamPosition(ulong Sequence, long StreamCreated)
{
    public static readonly StreamPosition Beginning = new(0, 0);
}
