using System.Runtime.InteropServices;

namespace CryptoScreener.Rules.Watching;

/// <summary>Collects the rules of one scope and lays them out.</summary>
internal sealed class WatchGroupBuilder
{
    private readonly Dictionary<int, int> _slotOfNode = [];
    private readonly List<int> _slotNodes = [];
    private readonly List<ThresholdEntry> _singles = [];
    private readonly List<ThresholdEntry> _watchable = [];
    private readonly List<FormulaNode> _formula = [];
    private readonly List<CompoundRule> _compounds = [];

    public void Add(int rule, WatchedCondition condition)
    {
        if (condition is WatchedAtom atom)
        {
            _singles.Add(new ThresholdEntry(SlotOf(atom.Node), atom.Threshold, (rule << 1) | (atom.AtLeast ? 1 : 0)));
            return;
        }

        var root = _formula.Count;
        _formula.Add(default);
        Place(root, condition);
        _compounds.Add(new CompoundRule(rule, root, _formula.Count));
    }

    public WatchGroup Build()
    {
        _singles.Sort();
        _watchable.Sort();
        for (var position = 0; position < _watchable.Count; position++)
        {
            ref var node = ref CollectionsMarshal.AsSpan(_formula)[_watchable[position].Target];
            node = node with { First = position };
        }

        return new WatchGroup(
            [.. _slotNodes],
            new ThresholdTable(_slotNodes.Count, CollectionsMarshal.AsSpan(_singles)),
            new ThresholdTable(_slotNodes.Count, CollectionsMarshal.AsSpan(_watchable)),
            [.. _formula],
            [.. _compounds]);
    }

    private void Place(int index, WatchedCondition condition)
    {
        var compound = _compounds.Count;
        if (condition is WatchedAtom atom)
        {
            var slot = SlotOf(atom.Node);
            _formula[index] = new FormulaNode(FormulaKind.Atom, atom.AtLeast, compound, 0, 0, slot, atom.Threshold);
            _watchable.Add(new ThresholdEntry(slot, atom.Threshold, index));
            return;
        }

        var junction = (WatchedJunction)condition;
        var first = _formula.Count;
        _formula[index] = new FormulaNode(junction.All ? FormulaKind.All : FormulaKind.Any, false, compound, first, junction.Parts.Length, 0, 0);
        foreach (var _ in junction.Parts) _formula.Add(default);
        for (var i = 0; i < junction.Parts.Length; i++) Place(first + i, junction.Parts[i]);
    }

    private int SlotOf(int node)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slotOfNode, node, out var known);
        if (known) return slot;
        slot = _slotNodes.Count;
        _slotNodes.Add(node);
        return slot;
    }
}
