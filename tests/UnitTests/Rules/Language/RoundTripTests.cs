using CryptoScreener.Rules.Language;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoScreener.UnitTests.Rules.Language;

public sealed class RoundTripTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(40);

    private static readonly TokenKind[] Signs =
    [
        TokenKind.Plus, TokenKind.Minus, TokenKind.Times, TokenKind.Divide, TokenKind.Less, TokenKind.LessOrEqual, TokenKind.Greater,
        TokenKind.GreaterOrEqual, TokenKind.Equal, TokenKind.NotEqual, TokenKind.And, TokenKind.Or, TokenKind.CrossesAbove, TokenKind.CrossesBelow,
        TokenKind.Crosses,
    ];

    private static readonly Arbitrary<RuleSyntax> Rules = Arb.From(
        from condition in Gen.Sized(size => ExpressionOf(Math.Min(size, 16)))
        from hold in Gen.Elements<Duration?>(null, new Duration(5, 'm'), new Duration(90, 's'))
        select new RuleSyntax(condition, hold));

    [Fact]
    public void Printing_any_syntax_tree_and_parsing_it_gives_the_same_tree() =>
        Prop.ForAll(Rules, rule => Parser.Parse(Printer.Print(rule)) == rule).Check(Many);

    [Fact]
    public void Formatting_keeps_the_meaning_and_formatting_again_changes_nothing() =>
        Prop.ForAll(Rules, rule =>
        {
            var formatted = RuleFormatter.Format(Printer.Print(rule), out _);
            return formatted is not null && Parser.Parse(formatted) == rule && RuleFormatter.Format(formatted, out _) == formatted;
        }).Check(Many);

    // The first generator of each query is built at once, so it must not be the recursive one.
    private static Gen<Expression> ExpressionOf(int size) => size <= 1 ? Leaf() : Gen.OneOf(
        Leaf(),
        from sign in Gen.Elements(Signs)
        from left in ExpressionOf(size / 2)
        from right in ExpressionOf(size / 2)
        select (Expression)new Binary(sign, left, right),
        from sign in Gen.Elements(TokenKind.Not, TokenKind.Minus)
        from operand in ExpressionOf(size - 1)
        select (Expression)new Unary(sign, operand),
        from isRange in Gen.Elements(true, false)
        from parts in ExpressionOf(size / 3).Three()
        select isRange ? (Expression)new Between(parts.Item1, parts.Item2, parts.Item3) : new Near(parts.Item1, parts.Item2, parts.Item3),
        from always in Gen.Constant(0)
        from reference in ExpressionOf(size - 1)
        select (Expression)new ChangeSince(reference),
        from name in Gen.Elements("abs", "rsi", "crosses_above")
        from count in Gen.Choose(1, 3)
        from arguments in ExpressionOf(size / 3).ListOf(count)
        select (Expression)new Call(name, [.. arguments]));

    private static Gen<Expression> Leaf() => Gen.OneOf(
        from value in Gen.Choose(0, 1_000_000)
        from divisor in Gen.Elements(1.0, 8.0, 1e9, 3.0)
        from suffix in Gen.Elements(NumberSuffix.None, NumberSuffix.Thousand, NumberSuffix.Million, NumberSuffix.Billion, NumberSuffix.Percent)
        select (Expression)new Number(value / divisor, suffix),
        from count in Gen.Choose(1, 500)
        from unit in Gen.Elements('s', 'm', 'h')
        select (Expression)new Duration(count, unit),
        from name in Gen.Elements("price", "volume", "changed", "x_1")
        select (Expression)new Call(name, []));
}
