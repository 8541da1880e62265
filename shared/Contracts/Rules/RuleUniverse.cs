namespace CryptoScreener.Contracts.Rules;

/// <summary>Which instruments a rule looks at; everything absent means all.</summary>
public sealed record RuleUniverse
{
    public IReadOnlyList<string> Exchanges { get; init; } = [];

    public IReadOnlyList<string> QuoteAssets { get; init; } = [];

    /// <summary>Symbol patterns with <c>*</c> and <c>?</c>; one must match.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Symbol patterns, none of which may match.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
