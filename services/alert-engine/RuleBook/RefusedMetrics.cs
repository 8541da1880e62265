using System.Collections.Frozen;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Storage.Metrics;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>Metrics that rules look at and for which the calculators have no room. Their rules are told of it: they would wait for ever.</summary>
internal sealed class RefusedMetrics
{
    private volatile FrozenSet<string> _names = [];

    /// <summary>Another set each time something has changed.</summary>
    public IReadOnlySet<string> Names => _names;

    public void Replace(IReadOnlyCollection<string> names)
    {
        if (!_names.SetEquals(names)) _names = names.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Why rules cannot run: those that do not compile, and those that look at one of these metrics.</summary>
    public static IReadOnlyDictionary<string, RuleFault> Faults(CatalogueRules rules, IReadOnlySet<string> refused)
    {
        if (refused.Count == 0) return rules.Faults;
        var faults = rules.Faults.ToBuilder();
        foreach (var (id, rule) in rules.ById)
        {
            var missing = rule.Metrics.Where(metric => refused.Contains(metric.Name)).Select(metric => metric.Name).Distinct(StringComparer.Ordinal).ToList();
            if (missing.Count > 0 && !faults.ContainsKey(id)) faults[id] = FaultOf(rule, missing);
        }

        return faults.ToImmutable();
    }

    private static RuleFault FaultOf(CompiledRule rule, IReadOnlyCollection<string> missing) => new(
        rule.Definition.Version,
        $"nobody calculates {string.Join(", ", missing)}: rules look at {DemandStore.Most} metrics outside the catalogue already; use one of the catalogue, or switch off a rule that needs another");
}
