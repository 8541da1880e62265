namespace CryptoScreener.Calculation;

/// <summary>What a closed candle did to the state of its instrument.</summary>
public enum CommitOutcome
{
    /// <summary>It is the newest minute: publish its closed frame.</summary>
    NewMinute,

    /// <summary>It filled a hole behind the newest minute.</summary>
    LateMinute,

    /// <summary>A better source replaced what was stored for its minute.</summary>
    Correction,

    /// <summary>The minute was known from a source at least as good: nothing changed.</summary>
    Duplicate,

    /// <summary>The minute lies before all that can still change: nothing changed.</summary>
    TooOld,
}
