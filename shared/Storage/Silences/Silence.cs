namespace CryptoScreener.Storage.Silences;

/// <summary>A time in which matching alerts are recorded but not delivered.</summary>
public sealed record Silence
{
    /// <summary>Given by the store.</summary>
    public long Id { get; init; }

    /// <summary>Whose alerts it covers; null is the operator's and covers everybody's.</summary>
    public string? Owner { get; init; }

    public required SilenceMatchers Matchers { get; init; }

    /// <summary>Event times in unix ms: from this one on …</summary>
    public required long StartsAt { get; init; }

    /// <summary>… until before this one.</summary>
    public required long EndsAt { get; init; }

    public string Reason { get; init; } = "";

    public string? CreatedBy { get; init; }
}
