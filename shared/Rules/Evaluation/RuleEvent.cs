using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>A rule fires on the instrument, or a firing ends, or both.</summary>
public readonly record struct RuleEvent(CompiledRule Rule, TriggerOutcome Outcome);
