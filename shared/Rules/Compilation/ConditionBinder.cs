using CryptoScreener.Rules.Language;

namespace CryptoScreener.Rules.Compilation;

/// <summary>Turns the syntax of a condition into a formula of "at least" and "below", pushing "not" inwards.</summary>
internal sealed class ConditionBinder(NumberBinder numbers, ErrorList errors)
{
    private static readonly Atom Failed = new(new Constant(double.NaN), 0, true);

    public Formula Bind(Expression expression, bool negated = false)
    {
        switch (expression)
        {
            case Unary { Operator: TokenKind.Not } not:
                return Bind(not.Operand, !negated);
            case Binary { Operator: TokenKind.And or TokenKind.Or } joined:
                return Join(joined.Operator == TokenKind.And != negated, Bind(joined.Left, negated), Bind(joined.Right, negated));
            case Binary { Operator: >= TokenKind.Less and <= TokenKind.NotEqual } comparison:
                return Compare(comparison, negated);
            case Binary { Operator: TokenKind.CrossesAbove or TokenKind.CrossesBelow or TokenKind.Crosses } crossing:
                return Crossing(crossing.Operator, crossing, crossing.Left, crossing.Right, negated);
            case Call call when Functions.Find(call.Name) is { IsCondition: true } function:
                return numbers.HasRightArguments(function, call)
                    ? Crossing(Keywords.KindOf(call.Name), call, call.Arguments[0], call.Arguments[1], negated)
                    : Failed;
            case Between between:
                return Within(between, negated);
            case Near near:
                return Within(near, negated);
            default:
                return NotACondition(expression);
        }
    }

    private Formula Compare(Binary comparison, bool negated)
    {
        var (left, right) = BindPair(comparison.Left, comparison.Right);
        return Compare(comparison, comparison.Operator, left, right, negated);
    }

    private (Numeric Left, Numeric Right) BindPair(Expression left, Expression right, bool previous = false)
    {
        if (IsPercentage(left))
        {
            var bound = numbers.Bind(right, previous);
            return (numbers.Bind(left, previous, bound.Unit).Value, bound.Value);
        }

        var first = numbers.Bind(left, previous);
        return (first.Value, numbers.Bind(right, previous, IsPercentage(right) ? first.Unit : "").Value);
    }

    private static bool IsPercentage(Expression expression) => expression switch
    {
        Number number => number.Suffix == NumberSuffix.Percent,
        Unary { Operator: TokenKind.Minus } minus => IsPercentage(minus.Operand),
        _ => false,
    };

    private Formula Compare(Expression place, TokenKind sign, Numeric left, Numeric right, bool negated)
    {
        if (left is Constant && right is Constant)
        {
            // NaN marks a part that is an error already.
            if (left is Constant { Value: not double.NaN } && right is Constant { Value: not double.NaN })
                errors.Add(RuleErrorCode.Meaningless, place, "both sides are constants, so this is always the same");
            return Failed;
        }

        // A constant on one side is the threshold; otherwise the difference of the sides is compared with zero.
        var (value, threshold) = (left, right) switch
        {
            (_, Constant constant) => (left, constant.Value),
            (Constant constant, _) => (right, constant.Value),
            _ => (NumberBinder.Fold(OpCode.Subtract, left, right), 0),
        };
        if (!double.IsFinite(threshold) && errors.IsEmpty) errors.Add(RuleErrorCode.Meaningless, place, "what it is compared with is too large for a number");
        return Threshold(value, left is Constant ? Mirrored(sign) : sign, threshold, negated);
    }

    private static Formula Threshold(Numeric value, TokenKind sign, double threshold, bool negated)
    {
        var next = Math.BitIncrement(threshold);
        return sign switch
        {
            TokenKind.GreaterOrEqual => new Atom(value, threshold, !negated),
            TokenKind.Greater => new Atom(value, next, !negated),
            TokenKind.Less => new Atom(value, threshold, negated),
            TokenKind.LessOrEqual => new Atom(value, next, negated),
            TokenKind.Equal => Join(!negated, new Atom(value, threshold, !negated), new Atom(value, next, negated)),
            _ => Join(negated, new Atom(value, threshold, negated), new Atom(value, next, !negated)),
        };
    }

    private static TokenKind Mirrored(TokenKind sign) => sign switch
    {
        TokenKind.Less => TokenKind.Greater,
        TokenKind.LessOrEqual => TokenKind.GreaterOrEqual,
        TokenKind.Greater => TokenKind.Less,
        TokenKind.GreaterOrEqual => TokenKind.LessOrEqual,
        _ => sign,
    };

    private Junction Crossing(TokenKind direction, Expression place, Expression left, Expression right, bool negated)
    {
        if (direction == TokenKind.Crosses)
        {
            return Join(
                negated,
                Crossing(TokenKind.CrossesAbove, place, left, right, negated),
                Crossing(TokenKind.CrossesBelow, place, left, right, negated));
        }

        var (before, after) = direction == TokenKind.CrossesAbove
            ? (TokenKind.LessOrEqual, TokenKind.Greater)
            : (TokenKind.GreaterOrEqual, TokenKind.Less);
        var (pastLeft, pastRight) = BindPair(left, right, previous: true);
        var (nowLeft, nowRight) = BindPair(left, right);
        return Join(
            !negated,
            Compare(place, before, pastLeft, pastRight, negated),
            Compare(place, after, nowLeft, nowRight, negated));
    }

    private Junction Within(Between between, bool negated)
    {
        var (fromLeft, fromRight) = BindPair(between.Value, between.Low);
        var (toLeft, toRight) = BindPair(between.Value, between.High);
        if (fromRight is Constant low && toRight is Constant high && low.Value > high.Value)
            errors.Add(RuleErrorCode.Meaningless, between, "the range is empty: write the lower end first");
        return Join(
            !negated,
            Compare(between, TokenKind.GreaterOrEqual, fromLeft, fromRight, negated),
            Compare(between, TokenKind.LessOrEqual, toLeft, toRight, negated));
    }

    private Formula Within(Near near, bool negated)
    {
        var (value, target) = BindPair(near.Value, near.Target);
        var tolerance = numbers.Bind(near.Tolerance).Value;
        if (IsPercentage(near.Tolerance)) tolerance = NumberBinder.Fold(OpCode.Multiply, tolerance, NumberBinder.Size(target));
        return Compare(near, TokenKind.LessOrEqual, NumberBinder.Distance(value, target), tolerance, negated);
    }

    private static Junction Join(bool all, Formula left, Formula right)
    {
        var parts = new List<Formula>();
        foreach (var part in new[] { left, right })
        {
            if (part is Junction junction && junction.All == all) parts.AddRange(junction.Parts);
            else parts.Add(part);
        }

        return new Junction(all, [.. parts]);
    }

    private Atom NotACondition(Expression expression)
    {
        errors.Add(
            RuleErrorCode.Type,
            expression,
            "this is a number where a condition belongs; compare it with something",
            "<, <=, >, >=, ==, != or crosses_above");
        return Failed;
    }
}
