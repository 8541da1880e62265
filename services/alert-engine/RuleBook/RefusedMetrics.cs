using System.Collections.Frozen;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Metrics that rules look at and no calculator will have: there is no room, or they object. Their rules are told of it: they would wait for ever.</summary>
internal sealed class RefusedMetrics
{
    private static readonly string NoRoom =
        $"rules look at {DemandStore.Most} metrics outside the catalogue already; use one of the catalogue, or switch off a rule that needs another";

    private volatile FrozenDictionary<string, string> _reasons = FrozenDictionary<string, string>.Empty;

    /// <summary>By their names; another dictionary each time something has changed.</summary>
    public IReadOnlyDictionary<string, string> Reasons => _reasons;

    public void Replace(IReadOnlyCollection<Refusal> refusals)
    {
        var reasons = refusals.ToFrozenDictionary(refusal => refusal.Name, refusal => refusal.Objection ?? NoRoom, StringComparer.Ordinal);
        if (reasons.Count != _reasons.Count || reasons.Except(_reasons).Any()) _reasons = reasons;
    }

    /// <summary>Why rules cannot run: those that do not compile, and those that look at one of these metrics.</summary>
    public static IReadOnlyDictionary<string, RuleFault> Faults(CatalogueRules rules, IReadOnlyDictionary<string, string> refused)
    {
        if (refused.Count == 0) return rules.Faults;
        var faults = rules.Faults.ToBuilder();
        foreach (var (id, rule) in rules.ById)
        {
            var missing = rule.Metrics.Select(metric => metric.Name).Where(refused.ContainsKey).Distinct(StringComparer.Ordinal).ToLookup(name => refused[name]);
            if (missing.Count > 0 && !faults.ContainsKey(id)) faults[id] = FaultOf(rule, missing);
        }

        return faults.ToImmutable();
    }

    private static RuleFault FaultOf(CompiledRule rule, ILookup<string, string> missing) => new(
        rule.Definition.Version, string.Join("; ", missing.Select(names => $"nobody calculates {string.Join(", ", names)}: {names.Key}")));
}
