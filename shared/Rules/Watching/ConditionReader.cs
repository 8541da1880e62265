using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Watching;

/// <summary>Runs a condition's code once with nodes in place of numbers, which gives its formula over interned nodes.</summary>
internal static class ConditionReader
{
    public static WatchedCondition Read(CompiledCondition condition, NodePool pool)
    {
        var numbers = new Stack<int>();
        var parts = new Stack<WatchedCondition>();
        foreach (ref readonly var step in condition.Code)
        {
            switch (step.Code)
            {
                case OpCode.Constant or OpCode.Column or OpCode.Previous:
                    numbers.Push(pool.Add(new Node(step.Code, step.Operand, Value: step.Value)));
                    break;
                case OpCode.Negate or OpCode.Abs:
                    numbers.Push(pool.Add(new Node(step.Code, numbers.Pop())));
                    break;
                case OpCode.AtLeast or OpCode.Below:
                    parts.Push(new WatchedAtom(numbers.Pop(), step.Value, step.Code == OpCode.AtLeast));
                    break;
                case OpCode.All or OpCode.Any:
                    parts.Push(Join(step, parts, pool));
                    break;
                default:
                    var right = numbers.Pop();
                    numbers.Push(pool.Add(new Node(step.Code, numbers.Pop(), right)));
                    break;
            }
        }

        return parts.Pop();
    }

    /// <summary>Parts that read a column come first: where one part is enough to watch, let it be one that costs nothing to compute.</summary>
    private static WatchedJunction Join(Instruction step, Stack<WatchedCondition> parts, NodePool pool)
    {
        var joined = new WatchedCondition[step.Operand];
        for (var i = joined.Length - 1; i >= 0; i--) joined[i] = parts.Pop();
        return new WatchedJunction(step.Code == OpCode.All, [.. joined.OrderBy(part => CostOf(part, pool))]);
    }

    private static int CostOf(WatchedCondition condition, NodePool pool) => condition switch
    {
        WatchedAtom atom when pool[atom.Node].IsLeaf => 0,
        WatchedAtom => 1,
        _ => 2,
    };
}
