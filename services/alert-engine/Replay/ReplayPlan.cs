using System.Collections.Immutable;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;
using CryptoScreener.Storage.Replays;

namespace CryptoScreener.AlertEngine.Replay;

/// <summary>The rules of a replay, compiled, and a calculation of what they look at and nothing else.</summary>
internal sealed record ReplayPlan(ReplayRequest Request, CalculationPlan Calculation, ImmutableArray<CompiledRule> Rules, RuleSet Set, long WarmUpMs)
{
    private const int MostRules = 100;

    /// <summary>Indicators of long bars would otherwise read years of minutes; they begin as a young deployment's do.</summary>
    private const int LongestWarmUpMinutes = 30 * 1440;

    public static ReplayPlan Of(ReplayRequest request)
    {
        if (request.Rules.Count is 0 or > MostRules) throw new ReplayException($"Name 1 to {MostRules} rules.");
        if (request.Rules.DistinctBy(rule => rule.Id).Count() < request.Rules.Count) throw new ReplayException("Two rules have the same id.");
        if (request.From % Timeframe.MinuteMs != 0 || request.To % Timeframe.MinuteMs != 0) throw new ReplayException("from and to must be whole minutes.");
        if (request.To <= request.From) throw new ReplayException("to must lie behind from.");

        var demands = DemandsOf(request.Rules);
        var catalogue = CatalogueWith(demands);
        var compiled = request.Rules.Select(rule => Compile(rule, catalogue)).ToList();
        var wanted = compiled.SelectMany(rule => rule.Metrics).Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        var metrics = catalogue.Metrics.Where(metric => wanted.Contains(metric.Name)).ToList();
        if (metrics.Find(metric => metric.Unit == "rank" || metric.Function is "correlation" or "beta") is { } compared)
        {
            // Why this is refused and not calculated: docs/decisions/0071.
            var rule = compiled.First(rule => rule.Metrics.Any(metric => metric.Name == compared.Name)).Definition.Id;
            throw new ReplayException(
                $"{rule}: {compared.Name} compares instruments with each other, and a replay works through each by itself. Leave that condition out, "
                + $"or look at what the rule did live: GET /api/v1/alerts?rule_id={rule}");
        }

        if (request.Rules.Any(IsApproximate)) wanted.UnionWith([PriceColumns.Highest, PriceColumns.Lowest]);
        var calculation = CalculationPlan.Create(Timeframe.Default, demands, wanted);
        ImmutableArray<CompiledRule> rules = [.. compiled.Select(rule => rule.On(calculation.Catalogue))];
        var ofMetrics = 2 * metrics.Select(metric => metric.WarmUpMinutes).DefaultIfEmpty(1).Max() * Timeframe.MinuteMs;
        var ofTriggers = rules.Max(rule => rule.Trigger.Hold + rule.Trigger.Rearm + rule.Trigger.Cooldown); // what began before may last into it
        return new ReplayPlan(request, calculation, rules, RuleSet.Of(rules), Math.Min(LongestWarmUpMinutes * Timeframe.MinuteMs, ofMetrics + ofTriggers));
    }

    /// <summary>Closes are checked against the extremes of their minute, as live.</summary>
    public PriceColumns? Prices => Rules.Any(rule => IsApproximate(rule.Definition)) ? PriceColumns.Of(Calculation.Catalogue) : null;

    /// <summary>Whether live alerts of this rule may come within a minute, which closed minutes cannot tell.</summary>
    public static bool IsApproximate(RuleDefinition rule) => rule.Trigger.Mode != TriggerMode.OncePerBarClose;

    private static List<MetricDemand> DemandsOf(IEnumerable<RuleDefinition> rules)
    {
        var catalogue = CalculationPlan.Create().Catalogue;
        var demands = new List<MetricDemand>();
        foreach (var name in rules.SelectMany(rule => RuleCompiler.Compile(rule, catalogue).Demanded).Distinct(StringComparer.Ordinal))
        {
            if (!MetricDemand.TryParse(name, out var demand, out var objection)) throw new ReplayException($"{name}: {objection}");
            demands.Add(demand!);
        }

        return demands.Count <= CalculationPlan.MostDemands
            ? demands
            : throw new ReplayException($"The rules ask for {demands.Count} metrics of their own; at most {CalculationPlan.MostDemands} go together.");
    }

    private static MetricCatalogue CatalogueWith(List<MetricDemand> demands)
    {
        try
        {
            return CalculationPlan.Create(Timeframe.Default, demands).Catalogue;
        }
        catch (ArgumentException e)
        {
            throw new ReplayException(e.Message); // no bars of its timeframe, a window longer than what is kept
        }
    }

    private static CompiledRule Compile(RuleDefinition rule, MetricCatalogue catalogue)
    {
        var compilation = RuleCompiler.Compile(rule with { Enabled = true }, catalogue);
        return compilation.Result ?? throw new ReplayException($"{rule.Id}: {string.Join("; ", compilation.Errors)}");
    }
}
