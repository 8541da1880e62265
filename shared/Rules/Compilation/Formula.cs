using System.Collections.Immutable;

namespace CryptoScreener.Rules.Compilation;

/// <summary>
/// A condition without negation: "not" is pushed into the comparisons, which changes nothing in three-valued logic, so
/// that evaluation and the watch index know only "at least", "below", "all" and "any".
/// </summary>
internal abstract record Formula;

/// <summary>
/// <c>value &gt;= threshold</c>, or <c>value &lt; threshold</c>. The other comparisons become this by moving the threshold
/// to the next double.
/// </summary>
internal sealed record Atom(Numeric Value, double Threshold, bool AtLeast) : Formula;

/// <summary>Every part (<paramref name="All"/>) or at least one.</summary>
internal sealed record Junction(bool All, ImmutableArray<Formula> Parts) : Formula;
