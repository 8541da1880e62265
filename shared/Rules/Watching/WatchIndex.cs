using System.Collections.Frozen;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Watching;

/// <summary>
/// Any number of rules arranged so that a frame costs only what it changes. Immutable; every lane opens its own
/// <see cref="WatchLane"/> on it. The rules must be compiled against the catalogue of the frames.
/// </summary>
public sealed class WatchIndex
{
    private readonly CompiledRule[] _rules;

    private WatchIndex(CompiledRule[] rules, Node[] nodes, WatchGroup everywhere, FrozenDictionary<string, WatchGroup> bySymbol, UniverseTable universes)
    {
        (_rules, Nodes, Everywhere, BySymbol) = (rules, nodes, everywhere, bySymbol);
        IsWithinMinutes = Array.Exists(rules, rule => rule.Trigger.Mode != TriggerMode.OncePerBarClose && rule.Metrics.Any(metric => metric.Name == "price"));
        Universes = universes;
    }

    public IReadOnlyList<CompiledRule> Rules => _rules;

    /// <summary>Whether any of them looks at the price within its minutes.</summary>
    internal bool IsWithinMinutes { get; }

    internal Node[] Nodes { get; }

    internal WatchGroup Everywhere { get; }

    internal FrozenDictionary<string, WatchGroup> BySymbol { get; }

    internal UniverseTable Universes { get; }

    public static WatchIndex Build(IEnumerable<CompiledRule> rules)
    {
        CompiledRule[] all = [.. rules];
        var pool = new NodePool();
        var universes = new UniverseTable(all.Length);
        var everywhere = new WatchGroupBuilder();
        var bySymbol = new Dictionary<string, WatchGroupBuilder>(StringComparer.Ordinal);
        for (var i = 0; i < all.Length; i++)
        {
            universes.Add(i, all[i].Definition.Universe);
            var condition = ConditionReader.Read(all[i].Condition, pool);
            if (UniverseFilter.SymbolsOf(all[i].Definition.Universe) is not { } symbols)
            {
                everywhere.Add(i, condition);
                continue;
            }

            foreach (var symbol in symbols)
            {
                if (!bySymbol.TryGetValue(symbol, out var group)) bySymbol[symbol] = group = new WatchGroupBuilder();
                group.Add(i, condition);
            }
        }

        var groups = bySymbol.ToFrozenDictionary(g => g.Key, g => g.Value.Build(), StringComparer.Ordinal);
        return new WatchIndex(all, pool.ToArray(), everywhere.Build(), groups, universes);
    }

    /// <summary>Scratch space for one thread, which then follows its instruments.</summary>
    public WatchLane OpenLane() => new(this);
}
