namespace CryptoScreener.Rules.Compilation;

/// <summary>One step of a condition in postfix order.</summary>
/// <param name="Operand">
/// A frame column (−1: not in this catalogue), or how many truths <see cref="OpCode.All"/> and <see cref="OpCode.Any"/> join.
/// </param>
/// <param name="Value">A constant or a threshold.</param>
internal readonly record struct Instruction(OpCode Code, int Operand = 0, double Value = 0);
