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

    private static string KeyOf(RuleUniverse universe) => string.Join(
        '\n',
        string.Join(',', universe.Exchanges),
        string.Join(',', universe.QuoteAssets),
        string.Join(',', universe.Include),
        string.Join(',', universe.Exclude));
}
