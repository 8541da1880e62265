using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Watching;

/// <summary>
/// The nodes' values for one frame, each computed when it is first asked for. One per lane, since values are only needed
/// while a frame is worked on.
/// </summary>
internal sealed class NodeValues(Node[] nodes)
{
    private readonly double[] _values = new double[nodes.Length];
    private readonly long[] _computedFor = new long[nodes.Length];
    private InstrumentFrame? _frame;
    private long _version;

    /// <summary>Forgets the values of another frame; a frame that goes on after an interruption starts here again.</summary>
    public void Use(InstrumentFrame frame, bool isNew)
    {
        if (!isNew && ReferenceEquals(_frame, frame)) return;
        _frame = frame;
        _version++;
    }

    /// <summary>NaN when it is unknown, also when it is not finite.</summary>
    public double this[int node]
    {
        get
        {
            if (_computedFor[node] == _version) return _values[node];
            var value = Compute(in nodes[node]);
            _computedFor[node] = _version;
            return _values[node] = value;
        }
    }

    private double Compute(in Node node) => node.Code switch
    {
        OpCode.Constant => node.Value,
        OpCode.Column => CompiledCondition.ValueAt(_frame!.Values, node.Left),
        OpCode.Previous => CompiledCondition.ValueAt(_frame!.Previous, node.Left),
        OpCode.Negate or OpCode.Abs => Arithmetic.Apply(node.Code, this[node.Left]),
        _ => Arithmetic.Apply(node.Code, this[node.Left], this[node.Right]),
    };
}
