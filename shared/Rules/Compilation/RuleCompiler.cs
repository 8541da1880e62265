using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Language;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Rules.Compilation;

/// <summary>What came of compiling a rule or a filter.</summary>
/// <param name="Result">Null when there are errors.</param>
/// <param name="Demanded">
/// Metrics of known functions with parameters the catalogue does not have: unknown, and the condition with them, until
/// a calculator adds them and the rule is compiled against the new catalogue.
/// </param>
public sealed record Compilation<T>(T? Result, ImmutableArray<RuleError> Errors, ImmutableArray<string> Demanded)
    where T : class;

/// <summary>The way from text to something that runs. Pure; the same code validates on save and loads in the engine.</summary>
public static class RuleCompiler
{
    private static readonly Call VolumeOfTheDay = new("volume", [new Duration(1, 'd')]);

    public static Compilation<CompiledRule> Compile(RuleDefinition definition, MetricCatalogue catalogue)
    {
        var errors = new ErrorList();
        if (!InstrumentId.IsToken(definition.Id)) errors.AddSetting("id", $"'{definition.Id}' cannot be an id: {InstrumentId.TokenRule}");
        var condition = Condition(definition.Expression, catalogue, errors, definition.Universe.MinDailyVolume);
        var plan = TriggerPlan.Create(definition.Trigger, condition?.HoldSeconds ?? 0, errors);
        var rule = errors.IsEmpty && condition is not null && plan is not null ? new CompiledRule(definition, condition, plan) : null;
        return new Compilation<CompiledRule>(rule, errors.ToImmutable(), DemandedBy(condition));
    }

    /// <summary>A condition alone, for instance a screener filter, of which a <c>for</c> has no meaning.</summary>
    public static Compilation<CompiledCondition> CompileFilter(string expression, MetricCatalogue catalogue)
    {
        var errors = new ErrorList();
        var condition = Condition(expression, catalogue, errors, minDailyVolume: null);
        if (condition is { HoldSeconds: > 0 })
            errors.Add(NoHoldInFilters(expression));
        return new Compilation<CompiledCondition>(errors.IsEmpty ? condition : null, errors.ToImmutable(), DemandedBy(condition));
    }

    /// <summary>A metric alone, as columns and sorts name it, in whatever spelling it takes.</summary>
    /// <returns>With a column of −1 when calculators could have it and do not yet; null when it is none.</returns>
    public static (RuleMetric? Metric, ImmutableArray<RuleError> Errors) CompileMetric(string text, MetricCatalogue catalogue)
    {
        var errors = new ErrorList();
        var metrics = new MetricBinder(MetricNames.Of(catalogue), errors);
        try
        {
            var syntax = Parser.Parse(text);
            RuleMetric? metric = new NumberBinder(metrics, errors).Bind(syntax.Condition).Value is Column { Previous: false } column && syntax.Hold is null
                ? metrics.Metrics[column.Index]
                : null;
            if (metric is null && errors.IsEmpty) errors.Add(RuleErrorCode.Type, syntax.Condition, "this is computed where a metric alone belongs, for instance change(1h)");
            return (metric, errors.ToImmutable());
        }
        catch (RuleErrorException e)
        {
            return (null, [e.Error]);
        }
    }

    private static RuleError NoHoldInFilters(string expression) => new(
        RuleErrorCode.Meaningless, RuleError.InExpression, 0, expression.Length, "a filter looks at one moment: leave 'for' to alert rules");

    private static CompiledCondition? Condition(string expression, MetricCatalogue catalogue, ErrorList errors, double? minDailyVolume)
    {
        try
        {
            var syntax = Parser.Parse(expression);
            var metrics = new MetricBinder(MetricNames.Of(catalogue), errors);
            var formula = new ConditionBinder(new NumberBinder(metrics, errors), errors).Bind(syntax.Condition);
            if (minDailyVolume is { } volume) formula = WithVolume(formula, volume, metrics);
            return errors.IsEmpty ? Emitter.Emit(formula, metrics.Metrics, (int)(syntax.Hold?.Seconds ?? 0)) : null;
        }
        catch (RuleErrorException e)
        {
            errors.Add(e.Error);
            return null;
        }
    }

    /// <summary>The smallest volume a rule's universe asks for is one more condition.</summary>
    private static Formula WithVolume(Formula formula, double volume, MetricBinder metrics)
    {
        if (metrics.Bind(VolumeOfTheDay) is not { } metric) return formula;
        return new Junction(All: true, [new Atom(new Column(metric.Index, Previous: false), volume, AtLeast: true), formula]);
    }

    private static ImmutableArray<string> DemandedBy(CompiledCondition? condition) =>
        condition is null ? [] : [.. condition.Metrics.Where(m => m.Column < 0).Select(m => m.Name)];
}
