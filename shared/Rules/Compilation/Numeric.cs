namespace CryptoScreener.Rules.Compilation;

/// <summary>A number to compute from a frame, after names, units and suffixes are resolved.</summary>
internal abstract record Numeric;

internal sealed record Constant(double Value) : Numeric;

/// <param name="Index">Which of the rule's metrics.</param>
/// <param name="Previous">Its value in the last closed frame before this minute instead of this one.</param>
internal sealed record Column(int Index, bool Previous) : Numeric;

/// <param name="Right">Null for the operations of one operand.</param>
internal sealed record Operation(OpCode Code, Numeric Left, Numeric? Right = null) : Numeric;
