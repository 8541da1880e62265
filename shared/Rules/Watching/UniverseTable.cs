using System.Globalization;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Rules.Watching;

/// <summary>The distinct universes of many rules, and which one each rule has.</summary>
internal sealed class UniverseTable(int rules)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<RuleUniverse> _distinct = [];

    public int[] OfRules { get; } = new int[rules];

    public IReadOnlyList<RuleUniverse> Distinct => _distinct;

    public void Add(int rule, RuleUniverse universe)
    {
        var key = KeyOf(universe);
        if (!_ids.TryGetValue(key, out var id))
        {
            id = _distinct.Count;
            _ids[key] = id;
            _distinct.Add(universe);
        }

        OfRules[rule] = id;
    }

    private static string KeyOf(RuleUniverse universe) =>
        string.Concat(KeyOf(universe.Exchanges), KeyOf(universe.QuoteAssets), KeyOf(universe.Include), KeyOf(universe.Exclude));

    /// <summary>With lengths, so that no entry can look like two.</summary>
    private static string KeyOf(IReadOnlyList<string> entries) =>
        entries.Count == 0 ? ";" : string.Create(CultureInfo.InvariantCulture, $"{string.Concat(entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Length}:{entry}")))};");
}
