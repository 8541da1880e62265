namespace CryptoScreener.Rules.Compilation;

/// <summary>The only place that computes: NaN in, NaN out; dividing by zero is unknown, not infinite.</summary>
internal static class Arithmetic
{
    public static double Apply(OpCode code, double left, double right) => code switch
    {
        OpCode.Add => left + right,
        OpCode.Subtract => left - right,
        OpCode.Multiply => left * right,
        OpCode.Divide => right == 0 ? double.NaN : left / right,
        OpCode.Min => Math.Min(left, right),
        OpCode.Max => Math.Max(left, right),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "not an operation of two numbers"),
    };

    public static double Apply(OpCode code, double operand) => code switch
    {
        OpCode.Negate => -operand,
        OpCode.Abs => Math.Abs(operand),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "not an operation of one number"),
    };

    public static Truth Compare(double value, double threshold, bool atLeast)
    {
        if (!double.IsFinite(value)) return Truth.Unknown;
        return value >= threshold == atLeast ? Truth.True : Truth.False;
    }
}
