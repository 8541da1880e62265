using System.Globalization;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.Rules.Compilation;

/// <param name="Unit">The catalogue's unit where the number still has one, else empty.</param>
internal readonly record struct BoundNumber(Numeric Value, string Unit);

/// <summary>Gives numbers their meaning: names become columns, suffixes and constant arithmetic are worked out.</summary>
internal sealed class NumberBinder(MetricBinder metrics, ErrorList errors)
{
    public const string PercentUnit = "percent";
    private const string Price = "price";

    private static readonly BoundNumber Failed = new(new Constant(double.NaN), "");

    /// <param name="percentOf">The unit of what a percentage is compared with: 5% of a metric counted in percent is 5, else 0.05.</param>
    public BoundNumber Bind(Expression expression, bool previous = false, string percentOf = "")
    {
        switch (expression)
        {
            case Number { Suffix: NumberSuffix.Percent } percent:
                return new BoundNumber(new Constant(percentOf == PercentUnit ? percent.Value : percent.Value / 100), percentOf);
            case Number number:
                return new BoundNumber(Sensible(number, new Constant(number.Scaled)), "");
            case Unary { Operator: TokenKind.Minus } minus:
                var operand = Bind(minus.Operand, previous, percentOf);
                return operand with { Value = Fold(OpCode.Negate, operand.Value) };
            case Binary { Operator: >= TokenKind.Plus and <= TokenKind.Divide } binary:
                return BindArithmetic(binary, previous);
            case Call call:
                return BindCall(call, previous);
            case ChangeSince since:
                return BindChangeSince(since, previous);
            case Duration duration:
                return BindDuration(duration);
            default:
                errors.Add(RuleErrorCode.Type, expression, "this is a condition where a number belongs");
                return Failed;
        }
    }

    public static Numeric Fold(OpCode code, Numeric left, Numeric right) => left is Constant a && right is Constant b
        ? new Constant(Arithmetic.Apply(code, a.Value, b.Value))
        : new Operation(code, left, right);

    private static Numeric Fold(OpCode code, Numeric operand) => operand is Constant constant
        ? new Constant(Arithmetic.Apply(code, constant.Value))
        : new Operation(code, operand);

    public static Numeric Distance(Numeric left, Numeric right) => Fold(OpCode.Abs, Fold(OpCode.Subtract, left, right));

    public static Numeric Size(Numeric value) => Fold(OpCode.Abs, value);

    private BoundNumber BindArithmetic(Binary binary, bool previous)
    {
        var left = Bind(binary.Left, previous);
        var right = Bind(binary.Right, previous);
        var code = binary.Operator switch
        {
            TokenKind.Plus => OpCode.Add,
            TokenKind.Minus => OpCode.Subtract,
            TokenKind.Times => OpCode.Multiply,
            _ => OpCode.Divide,
        };
        return new BoundNumber(Sensible(binary, Fold(code, left.Value, right.Value)), UnitOf(code, left, right));
    }

    /// <summary>A constant that is no number would be always true to one rule, and disturb the order of the others' thresholds.</summary>
    private Numeric Sensible(Expression place, Numeric value)
    {
        if (value is Constant { Value: var constant } && !double.IsFinite(constant) && errors.IsEmpty)
            errors.Add(RuleErrorCode.Meaningless, place, "this comes to no number: it is too large, or divided by zero");
        return value;
    }

    /// <summary>Sums keep a unit both sides have, multiples and fractions by a constant keep it too; all else has none.</summary>
    private static string UnitOf(OpCode code, BoundNumber left, BoundNumber right)
    {
        if (right.Value is Constant) return left.Unit;
        if (left.Value is Constant && code != OpCode.Divide) return right.Unit;
        return code is OpCode.Add or OpCode.Subtract && left.Unit == right.Unit ? left.Unit : "";
    }

    private BoundNumber BindCall(Call call, bool previous)
    {
        if (Functions.Find(call.Name) is { } function) return BindFunction(function, call, previous);
        return metrics.Bind(call) is { } metric ? new BoundNumber(new Column(metric.Index, previous), metric.Unit) : Failed;
    }

    private BoundNumber BindFunction(Function function, Call call, bool previous)
    {
        if (function.IsCondition)
        {
            errors.Add(RuleErrorCode.Type, call, $"{function.Name} is a condition where a number belongs");
            return Failed;
        }

        if (!HasRightArguments(function, call)) return Failed;
        if (function.Name == Functions.Previous) return BindPrevious(call, previous);
        var result = Bind(call.Arguments[0], previous);
        if (function.Name == Functions.Abs) return result with { Value = Size(result.Value) };
        var code = function.Name == Functions.Min ? OpCode.Min : OpCode.Max;
        foreach (var argument in call.Arguments.AsSpan()[1..])
        {
            var next = Bind(argument, previous);
            result = new BoundNumber(Fold(code, result.Value, next.Value), UnitOf(OpCode.Add, result, next));
        }

        return result;
    }

    public bool HasRightArguments(Function function, Call call)
    {
        if (call.Arguments.Length >= function.MinArguments && call.Arguments.Length <= function.MaxArguments) return true;
        errors.Add(RuleErrorCode.Arguments, call, $"{function.Name} takes other arguments", function.Signature);
        return false;
    }

    private BoundNumber BindPrevious(Call call, bool previous)
    {
        if (!previous) return Bind(call.Arguments[0], previous: true);
        errors.Add(RuleErrorCode.Meaningless, call, "only one step back is kept, so previous cannot stand inside previous or a crossing");
        return Failed;
    }

    private BoundNumber BindChangeSince(ChangeSince since, bool previous)
    {
        if (metrics.Bind(new Call(Price, []) { Span = since.Span }) is not { } price) return Failed;
        var reference = Bind(since.Reference, previous).Value;
        if (reference is Constant { Value: 0 }) errors.Add(RuleErrorCode.Meaningless, since, "there is no change since 0");
        var difference = Fold(OpCode.Subtract, new Column(price.Index, previous), reference);
        return new BoundNumber(Fold(OpCode.Divide, Fold(OpCode.Multiply, new Constant(100), difference), reference), PercentUnit);
    }

    private BoundNumber BindDuration(Duration duration)
    {
        var digits = duration.Count.ToString(CultureInfo.InvariantCulture);
        errors.Add(
            RuleErrorCode.Type,
            duration,
            $"{digits}{duration.Unit} is a duration where a number belongs",
            suggestion: duration.Unit == 'm' ? $"{digits}M (million)" : digits);
        return Failed;
    }
}
