namespace CryptoScreener.Rules.Watching;

/// <summary>
/// The rules of one scope (everything, or one symbol), arranged for watching. Immutable and shared by all instruments.
/// A condition that is a single comparison needs no state: its truth is its place among the sorted thresholds. A
/// compound one is re-evaluated when a comparison that it watches is crossed.
/// </summary>
internal sealed class WatchGroup(
    int[] slotNodes, ThresholdTable singles, ThresholdTable watchable, FormulaNode[] formula, CompoundRule[] compounds)
{
    /// <summary>The node each slot holds the value of.</summary>
    public int[] SlotNodes => slotNodes;

    /// <summary>Conditions that are one comparison; the target is the rule's number, doubled, plus one for "at least".</summary>
    public ThresholdTable Singles => singles;

    /// <summary>The comparisons of compound conditions; the target is the formula node.</summary>
    public ThresholdTable Watchable => watchable;

    public FormulaNode[] Formula => formula;

    public CompoundRule[] Compounds => compounds;
}

/// <param name="Rule">Its number in the index.</param>
/// <param name="Root">Its formula is this node and those up to <paramref name="End"/>.</param>
internal readonly record struct CompoundRule(int Rule, int Root, int End);
