using System.Runtime.InteropServices;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Watching;

/// <summary>Interns nodes; operands always come before what uses them.</summary>
internal sealed class NodePool
{
    private readonly Dictionary<Node, int> _ids = [];
    private readonly List<Node> _nodes = [];

    public Node this[int id] => _nodes[id];

    public Node[] ToArray() => [.. _nodes];

    public int Add(Node node)
    {
        // The order of these operands changes no bit of the result.
        if (node.Code is OpCode.Add or OpCode.Multiply or OpCode.Min or OpCode.Max && node.Left > node.Right)
            node = node with { Left = node.Right, Right = node.Left };
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, node, out var known);
        if (known) return id;
        id = _nodes.Count;
        _nodes.Add(node);
        return id;
    }
}
