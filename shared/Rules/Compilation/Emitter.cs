using System.Collections.Immutable;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.Rules.Compilation;

/// <summary>Writes a formula as postfix steps and measures the two stacks they need.</summary>
internal sealed class Emitter(ImmutableArray<RuleMetric> metrics)
{
    private readonly List<Instruction> _code = [];
    private int _numbers;
    private int _truths;
    private int _mostNumbers;
    private int _mostTruths;

    public static CompiledCondition Emit(Formula formula, ImmutableArray<RuleMetric> metrics, int holdSeconds)
    {
        var emitter = new Emitter(metrics);
        emitter.Write(formula);
        return new CompiledCondition([.. emitter._code], emitter._mostNumbers, emitter._mostTruths, metrics, holdSeconds);
    }

    private void Write(Formula formula)
    {
        if (formula is Junction junction)
        {
            foreach (var part in junction.Parts) Write(part);
            Add(new Instruction(junction.All ? OpCode.All : OpCode.Any, junction.Parts.Length));
            _truths -= junction.Parts.Length - 1;
            return;
        }

        var atom = (Atom)formula;
        Write(atom.Value);
        Add(new Instruction(atom.AtLeast ? OpCode.AtLeast : OpCode.Below, Value: atom.Threshold));
        _numbers--;
        _mostTruths = Math.Max(_mostTruths, ++_truths);
    }

    private void Write(Numeric number)
    {
        switch (number)
        {
            case Operation { Right: { } right } operation:
                Write(operation.Left);
                Write(right);
                Add(new Instruction(operation.Code));
                _numbers--;
                break;
            case Operation operation:
                Write(operation.Left);
                Add(new Instruction(operation.Code));
                break;
            case Column column:
                Push(new Instruction(column.Previous ? OpCode.Previous : OpCode.Column, metrics[column.Index].Column));
                break;
            case Constant constant:
                Push(new Instruction(OpCode.Constant, Value: constant.Value));
                break;
        }
    }

    private void Push(Instruction instruction)
    {
        Add(instruction);
        _mostNumbers = Math.Max(_mostNumbers, ++_numbers);
    }

    private void Add(Instruction instruction)
    {
        if (_code.Count == LanguageLimits.Steps)
            throw RuleErrorException.TooMuch($"this takes more than {LanguageLimits.Steps} steps to work out: make it shorter, or nest 'change since' less");
        _code.Add(instruction);
    }
}
