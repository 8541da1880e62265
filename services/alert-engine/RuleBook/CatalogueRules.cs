using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Evaluation;

namespace CryptoScreener.AlertEngine.RuleBook;

/// <summary>The rules in force, compiled against one catalogue. Immutable: a change makes a new one.</summary>
internal sealed record CatalogueRules(
    MetricCatalogue Catalogue, RuleSet Set, ImmutableDictionary<string, CompiledRule> ById, ImmutableDictionary<string, RuleFault> Faults)
{
    /// <summary>Above this many changes re-arranging the recent part at each change costs more than building the set anew.</summary>
    private const int ManyChanges = 4_096;

    public static CatalogueRules Empty(MetricCatalogue catalogue) => new(
        catalogue, RuleSet.Empty, ImmutableDictionary.Create<string, CompiledRule>(StringComparer.Ordinal), ImmutableDictionary.Create<string, RuleFault>(StringComparer.Ordinal));

    public CompiledRule? Find(string id, int version) => ById.TryGetValue(id, out var rule) && rule.Definition.Version == version ? rule : null;

    /// <summary>Takes changes over. Where a new version cannot run, the one before stays in force.</summary>
    public CatalogueRules With(IReadOnlyCollection<RuleDefinition> changed, IReadOnlyCollection<string> gone)
    {
        var (byId, faults) = (ById.ToBuilder(), Faults.ToBuilder());
        var (added, removed) = (new List<CompiledRule>(changed.Count), new List<CompiledRule>());
        foreach (var id in gone)
        {
            faults.Remove(id);
            if (byId.Remove(id, out var old)) removed.Add(old);
        }

        foreach (var definition in changed)
        {
            var compilation = RuleCompiler.Compile(definition, Catalogue);
            if (compilation.Result is not { } rule)
            {
                faults[definition.Id] = new RuleFault(definition.Version, string.Join("; ", compilation.Errors));
                continue;
            }

            faults.Remove(definition.Id);
            if (byId.TryGetValue(definition.Id, out var old)) removed.Add(old);
            byId[definition.Id] = rule;
            added.Add(rule);
        }

        var set = Set.Count == 0 ? RuleSet.Of(added) : Set.With(added, removed);
        return new CatalogueRules(Catalogue, set.Changes > ManyChanges ? set.Compact() : set, byId.ToImmutable(), faults.ToImmutable());
    }
}
