namespace CryptoScreener.Contracts.Rules;

/// <summary>Which instruments a rule looks at; everything absent means all.</summary>
/// <remarks>
/// Properties with a default have a setter: the JSON source generator assigns init-only ones even where the text leaves
/// them out, and the default would be lost.
/// </remarks>
public sealed record RuleUniverse
{
    public IReadOnlyList<string> Exchanges { get; set; } = [];

    public IReadOnlyList<string> QuoteAssets { get; set; } = [];

    /// <summary>Symbol patterns with <c>*</c> and <c>?</c>; one must match.</summary>
    public IReadOnlyList<string> Include { get; set; } = [];

    /// <summary>Symbol patterns, none of which may match.</summary>
    public IReadOnlyList<string> Exclude { get; set; } = [];

    /// <summary>The least quote volume of the last day; null for any, also an unknown one.</summary>
    public double? MinDailyVolume { get; init; }
}
