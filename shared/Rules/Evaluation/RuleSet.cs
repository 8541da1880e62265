using System.Collections.Immutable;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>
/// The rules in force. Immutable: a change makes a new set, off the evaluating threads, and lanes adopt it. Changing one
/// rule among a million re-arranges only the small recent part; what it replaced is retired until the next
/// <see cref="Compact"/>.
/// </summary>
public sealed class RuleSet
{
    private readonly WatchIndex _settled;
    private readonly WatchIndex _recent;
    private readonly ImmutableHashSet<CompiledRule> _retired;
    private readonly HashSet<CompiledRule> _ofSettled;
    private readonly HashSet<CompiledRule> _ofRecent;

    private RuleSet(WatchIndex settled, HashSet<CompiledRule> ofSettled, WatchIndex recent, ImmutableHashSet<CompiledRule> retired)
    {
        (_settled, _ofSettled, _recent, _ofRecent, _retired) = (settled, ofSettled, recent, [.. recent.Rules], retired);
        Indexes = recent.Rules.Count == 0 ? [settled] : [settled, recent];
    }

    public static RuleSet Empty { get; } = Of([]);

    public int Count => _settled.Rules.Count + _recent.Rules.Count - _retired.Count;

    public IEnumerable<CompiledRule> Rules => Indexes.SelectMany(index => index.Rules).Where(IsInForce);

    /// <summary>How many rules were added or retired since the set was built; compact when this is no longer small.</summary>
    public int Changes => _recent.Rules.Count + _retired.Count;

    internal ImmutableArray<WatchIndex> Indexes { get; }

    public static RuleSet Of(IEnumerable<CompiledRule> rules)
    {
        var settled = WatchIndex.Build(rules);
        return new RuleSet(settled, [.. settled.Rules], WatchIndex.Build([]), []);
    }

    /// <summary>The same set without some rules and with others; a changed rule is its old version removed and its new one added.</summary>
    public RuleSet With(IReadOnlyCollection<CompiledRule> added, IReadOnlyCollection<CompiledRule> removed)
    {
        var retired = _retired.Union(removed);
        var recent = added.Count == 0 ? _recent : WatchIndex.Build([.. _recent.Rules.Where(rule => !retired.Contains(rule)), .. added]);
        return new RuleSet(_settled, _ofSettled, recent, added.Count == 0 ? retired : retired.Except(_recent.Rules));
    }

    /// <summary>The same rules in one piece. Takes seconds for a million of them.</summary>
    public RuleSet Compact() => Of(Rules);

    /// <summary>Of a rule that is in one of the indexes.</summary>
    internal bool IsInForce(CompiledRule rule) => _retired.IsEmpty || !_retired.Contains(rule);

    /// <summary>Of any rule: one may be gone whose retirement nobody here has seen, because the set was compacted since.</summary>
    internal bool Holds(CompiledRule rule) => IsInForce(rule) && (_ofRecent.Contains(rule) || _ofSettled.Contains(rule));

    internal WatchIndex IndexOf(CompiledRule rule) => _ofRecent.Contains(rule) ? _recent : _settled;
}
