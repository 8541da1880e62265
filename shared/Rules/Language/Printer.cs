using System.Globalization;

namespace CryptoScreener.Rules.Language;

/// <summary>Writes a syntax tree in the one canonical way; parsing the result gives the same tree.</summary>
internal static class Printer
{
    private const int Or = 1, And = 2, Not = 3, Comparison = 4, Sum = 5, Product = 6, Minus = 7, Primary = 8;

    public static string Print(RuleSyntax rule) => rule.Hold is null
        ? Print(rule.Condition)
        : $"{Print(rule.Condition)} for {Print(rule.Hold)}";

    public static string Print(Expression expression) => expression switch
    {
        Number number => number.Value.ToString(CultureInfo.InvariantCulture) + (number.Suffix == NumberSuffix.None ? "" : number.Suffix),
        Duration duration => string.Create(CultureInfo.InvariantCulture, $"{duration.Count}{duration.Unit}"),
        Call { Arguments.IsEmpty: true } call => call.Name,
        Call call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Print))})",
        ChangeSince since => $"change since {At(since.Reference, Minus)}",
        Unary { Operator: TokenKind.Not } not => $"not {At(not.Operand, Not)}",
        Unary minus => $"-{At(minus.Operand, Minus)}",
        Between between => $"{At(between.Value, Sum)} within {At(between.Low, Sum)} to {At(between.High, Sum)}",
        Near near => $"{At(near.Value, Sum)} within {At(near.Tolerance, Sum)} of {At(near.Target, Sum)}",
        Binary binary => Infix(binary),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression, "not a kind of expression"),
    };

    private static string Infix(Binary binary)
    {
        var level = LevelOf(binary);

        // Operators bind to the left; comparisons do not chain at all.
        var left = At(binary.Left, level == Comparison ? Sum : level);
        return $"{left} {SignOf(binary.Operator)} {At(binary.Right, level + 1)}";
    }

    private static string At(Expression expression, int level) =>
        LevelOf(expression) < level ? $"({Print(expression)})" : Print(expression);

    private static int LevelOf(Expression expression) => expression switch
    {
        Binary { Operator: TokenKind.Or } => Or,
        Binary { Operator: TokenKind.And } => And,
        Unary { Operator: TokenKind.Not } => Not,
        Between or Near => Comparison,
        Binary { Operator: TokenKind.Plus or TokenKind.Minus } => Sum,
        Binary { Operator: TokenKind.Times or TokenKind.Divide } => Product,
        Binary => Comparison,
        Unary => Minus,
        _ => Primary,
    };

    public static string SignOf(TokenKind kind) => kind switch
    {
        TokenKind.Plus => "+",
        TokenKind.Minus => "-",
        TokenKind.Times => "*",
        TokenKind.Divide => "/",
        TokenKind.Less => "<",
        TokenKind.LessOrEqual => "<=",
        TokenKind.Greater => ">",
        TokenKind.GreaterOrEqual => ">=",
        TokenKind.Equal => "==",
        TokenKind.NotEqual => "!=",
        TokenKind.And => "and",
        TokenKind.Or => "or",
        TokenKind.CrossesAbove => "crosses_above",
        TokenKind.CrossesBelow => "crosses_below",
        TokenKind.Crosses => "crosses",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a sign between two values"),
    };
}
