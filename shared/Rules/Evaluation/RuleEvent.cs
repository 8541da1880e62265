using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>A rule fires on the instrument, or a firing ends, or both.</summary>
public readonly record struct RuleEvent(CompiledRule Rule, TriggerOutcome Outcome)
{
    /// <summary>The price within the minute at which it was so, when the close alone does not show it.</summary>
    public double? TouchedAt { get; init; }
}
