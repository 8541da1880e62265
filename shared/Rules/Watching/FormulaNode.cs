namespace CryptoScreener.Rules.Watching;

internal enum FormulaKind : byte { Atom, All, Any }

/// <summary>A part of a compound condition; the parts of a junction lie side by side.</summary>
/// <param name="Compound">Which compound rule of the group it belongs to.</param>
/// <param name="First">Of a junction: its first part. Of an atom: its place among the group's watchable thresholds.</param>
/// <param name="Count">How many parts a junction has.</param>
/// <param name="Slot">Of an atom: the slot whose value it compares.</param>
internal readonly record struct FormulaNode(
    FormulaKind Kind, bool AtLeast, int Compound, int First, int Count, int Slot, double Threshold);
