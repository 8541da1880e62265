namespace CryptoScreener.Storage.Ownership;

/// <summary>How far a reader has come: everything through this sequence of this stream has had its effect.</summary>
/// <param name="StreamEpoch">
/// When the stream was made (unix ms). A stream that was made anew starts its sequences over; then the sequence says nothing.
/// </param>
public readonly record struct Checkpoint(long Sequence, long StreamEpoch)
{
    /// <summary>
    /// Where to read from so that both are served. One that names an older stream, or none, has seen nothing of the younger:
    /// whoever reads from it begins at the beginning.
    /// </summary>
    public static Checkpoint Earlier(Checkpoint a, Checkpoint b)
    {
        if (a.StreamEpoch != b.StreamEpoch) return a.StreamEpoch < b.StreamEpoch ? a : b;
        return a.Sequence <= b.Sequence ? a : b;
    }
}
