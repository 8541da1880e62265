using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Watching;

/// <summary>
/// One number of a frame or one step of computing with such numbers. Interned: what two rules have in common is one node
/// and computed once.
/// </summary>
/// <param name="Left">The column of a leaf, else the node of the (first) operand.</param>
internal readonly record struct Node(OpCode Code, int Left, int Right = -1, double Value = 0)
{
    public bool IsLeaf => Code is OpCode.Constant or OpCode.Column or OpCode.Previous;
}
