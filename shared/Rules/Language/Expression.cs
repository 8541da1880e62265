using System.Collections.Immutable;

namespace CryptoScreener.Rules.Language;

/// <summary>A rule as written: a condition, and how long it must hold (<c>… for 5m</c>).</summary>
internal sealed record RuleSyntax(Expression Condition, Duration? Hold);

/// <summary>A piece of the syntax tree; whether it is a number or a condition is found out by the binder.</summary>
internal abstract record Expression
{
    public TextSpan Span { get; init; }
}

/// <param name="Value">As written, before its suffix: 500 for <c>500k</c>.</param>
internal sealed record Number(double Value, char Suffix) : Expression
{
    public double Scaled => Value * NumberSuffix.Multiplier(Suffix);
}

internal sealed record Duration(int Count, char Unit) : Expression
{
    public long Seconds => Count * (Unit switch { 's' => 1L, 'm' => 60L, 'h' => 3_600L, _ => 86_400L });
}

/// <summary>A metric or a function: <c>price</c>, <c>rsi(14,1h)</c>, <c>abs(change(5m))</c>.</summary>
internal sealed record Call(string Name, ImmutableArray<Expression> Arguments) : Expression
{
    public bool Equals(Call? other) => other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => HashCode.Combine(Name, Arguments.Length);
}

internal sealed record Unary(TokenKind Operator, Expression Operand) : Expression;

internal sealed record Binary(TokenKind Operator, Expression Left, Expression Right) : Expression;

/// <summary><c>x within a to b</c>, both ends included.</summary>
internal sealed record Between(Expression Value, Expression Low, Expression High) : Expression;

/// <summary><c>x within 2% of y</c> (of the size of y) or <c>x within 5 of y</c>.</summary>
internal sealed record Near(Expression Value, Expression Tolerance, Expression Target) : Expression;

/// <summary><c>change since y</c>: how far the price is from y, in percent of y.</summary>
internal sealed record ChangeSince(Expression Reference) : Expression;
