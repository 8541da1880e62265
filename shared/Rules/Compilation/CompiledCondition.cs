using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;

namespace CryptoScreener.Rules.Compilation;

/// <summary>A condition bound to the columns of one catalogue. Immutable; any number of threads may evaluate it.</summary>
public sealed class CompiledCondition
{
    private readonly Instruction[] _code;
    private readonly int _numbers;
    private readonly int _truths;

    internal CompiledCondition(Instruction[] code, int numbers, int truths, ImmutableArray<RuleMetric> metrics, int holdSeconds)
    {
        (_code, _numbers, _truths) = (code, numbers, truths);
        Metrics = metrics;
        HoldSeconds = holdSeconds;
    }

    /// <summary>Every metric it names, once, in the order of first mention.</summary>
    public ImmutableArray<RuleMetric> Metrics { get; }

    /// <summary>The <c>for</c> at its end; 0 without one.</summary>
    public int HoldSeconds { get; }

    internal ReadOnlySpan<Instruction> Code => _code;

    /// <summary>Whether it holds now.</summary>
    /// <param name="frame">The numbers of the frame, in the catalogue's order.</param>
    /// <param name="previous">
    /// Those of the instrument's last closed frame before this frame's minute, which <c>crosses_above</c>,
    /// <c>crosses_below</c> and <c>previous</c> look at; empty when there is none, which makes them unknown.
    /// </param>
    public Truth Evaluate(ReadOnlySpan<double> frame, ReadOnlySpan<double> previous = default)
    {
        Span<double> numbers = stackalloc double[_numbers];
        Span<Truth> truths = stackalloc Truth[_truths];
        var (n, t) = (0, 0);
        foreach (ref readonly var step in Code)
        {
            switch (step.Code)
            {
                case OpCode.Constant: numbers[n++] = step.Value; break;
                case OpCode.Column: numbers[n++] = ValueAt(frame, step.Operand); break;
                case OpCode.Previous: numbers[n++] = ValueAt(previous, step.Operand); break;
                case OpCode.Negate or OpCode.Abs: numbers[n - 1] = Arithmetic.Apply(step.Code, numbers[n - 1]); break;
                case OpCode.AtLeast or OpCode.Below:
                    truths[t++] = Arithmetic.Compare(numbers[--n], step.Value, step.Code == OpCode.AtLeast);
                    break;
                case OpCode.All or OpCode.Any:
                    t -= step.Operand;
                    truths[t] = Join(truths.Slice(t, step.Operand), step.Code == OpCode.All);
                    t++;
                    break;
                default:
                    n--;
                    numbers[n - 1] = Arithmetic.Apply(step.Code, numbers[n - 1], numbers[n]);
                    break;
            }
        }

        return truths[0];
    }

    internal CompiledCondition On(MetricCatalogue catalogue)
    {
        var columns = Metrics.Where(metric => metric.Column >= 0).ToDictionary(metric => metric.Column, metric => catalogue.ColumnOf(metric.Name));
        var code = Array.ConvertAll(_code, step => step.Code is OpCode.Column or OpCode.Previous ? step with { Operand = columns.GetValueOrDefault(step.Operand, -1) } : step);
        return new CompiledCondition(code, _numbers, _truths, [.. Metrics.Select(metric => metric with { Column = catalogue.ColumnOf(metric.Name) })], HoldSeconds);
    }

    internal static double ValueAt(ReadOnlySpan<double> frame, int column) =>
        (uint)column < (uint)frame.Length ? frame[column] : double.NaN;

    private static Truth Join(ReadOnlySpan<Truth> parts, bool all)
    {
        var joined = parts[0];
        foreach (var part in parts[1..])
            if (all ? part < joined : part > joined) joined = part;
        return joined;
    }
}
