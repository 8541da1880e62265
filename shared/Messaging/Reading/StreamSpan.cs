namespace CryptoScreener.Messaging.Reading;

/// <summary>What a stream holds: its first and last sequence, and when it was created (unix ms).</summary>
public readonly record struct StreamSpan(ulong First, ulong Last, long Created)
{
    public bool IsEmpty => Last == 0 || First > Last;

    /// <summary>The last sequence that is gone; 0 when none is.</summary>
    public ulong BeforeFirst => IsEmpty ? Last : First == 0 ? 0 : First - 1;
}
