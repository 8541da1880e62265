using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Rules.Compilation;

/// <summary>A rule ready to run: its condition bound to a catalogue, its trigger checked. Immutable.</summary>
public sealed class CompiledRule
{
    internal CompiledRule(RuleDefinition definition, CompiledCondition condition, TriggerPlan trigger) =>
        (Definition, Condition, Trigger) = (definition, condition, trigger);

    public RuleDefinition Definition { get; }

    public CompiledCondition Condition { get; }

    public TriggerPlan Trigger { get; }

    /// <summary>What its alerts tell: every metric it looks at.</summary>
    public ImmutableArray<RuleMetric> Metrics => Condition.Metrics;

    public bool LooksAt(int column)
    {
        foreach (var metric in Metrics)
            if (metric.Column == column) return true;
        return false;
    }

    /// <summary>The same rule on frames of another catalogue. Names keep the meaning they had, whatever else is or is not there.</summary>
    public CompiledRule On(MetricCatalogue catalogue) => new(Definition, Condition.On(catalogue), Trigger);

    /// <inheritdoc cref="CompiledCondition.Evaluate"/>
    public Truth Evaluate(ReadOnlySpan<double> frame, ReadOnlySpan<double> previous = default) => Condition.Evaluate(frame, previous);
}
