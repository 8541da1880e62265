using System.Collections.Immutable;

namespace CryptoScreener.Rules.Language;

/// <summary>Recursive descent over the grammar of docs/rules-language.md; stops at the first error.</summary>
internal sealed class Parser
{
    private readonly string _text;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Parser(string text)
    {
        if (text.Length > LanguageLimits.Characters) throw TooLarge($"an expression has at most {LanguageLimits.Characters} characters");
        _text = text;
        _tokens = TokensOf(text);
    }

    /// <exception cref="RuleErrorException">The text is not of the language.</exception>
    public static RuleSyntax Parse(string text)
    {
        var parser = new Parser(text);
        var condition = parser.Expression();
        var hold = parser.Take(TokenKind.For) ? parser.HoldDuration() : null;
        return parser.Current.Kind == TokenKind.End ? new RuleSyntax(condition, hold) : throw parser.Leftover();
    }

    private Token Current => _tokens[_at];

    private static List<Token> TokensOf(string text)
    {
        var lexer = new Lexer(text);
        var tokens = new List<Token>();
        while (true)
        {
            var token = lexer.Next();
            if (token.Kind != TokenKind.Comment) tokens.Add(token);
            if (token.Kind == TokenKind.End) return tokens;
            if (tokens.Count > LanguageLimits.Tokens) throw TooLarge($"an expression has at most {LanguageLimits.Tokens} words and signs");
        }
    }

    private Expression Expression() => Chain(Conjunction, TokenKind.Or);

    private Expression Conjunction() => Chain(Negation, TokenKind.And);

    private Expression Negation()
    {
        var start = Current.Span;
        if (!Take(TokenKind.Not)) return Comparison();
        var operand = Nested(Negation);
        return new Unary(TokenKind.Not, operand) { Span = start.Through(operand.Span) };
    }

    private Expression Comparison()
    {
        var left = Sum();
        if (Take(TokenKind.Within)) return Range(left);
        if (!IsComparison(Current.Kind)) return left;
        var comparison = Infix(left, Sum);
        return IsComparison(Current.Kind) ? throw Chained(comparison) : comparison;
    }

    private Expression Range(Expression value)
    {
        var first = Sum();
        if (Take(TokenKind.To))
        {
            var high = Sum();
            return new Between(value, first, high) { Span = value.Span.Through(high.Span) };
        }

        if (!Take(TokenKind.Of)) throw Unexpected("'to' and the upper end, or 'of' and the target: x within 1 to 2, x within 2% of y");
        var target = Sum();
        return new Near(value, first, target) { Span = value.Span.Through(target.Span) };
    }

    private Expression Sum() => Chain(Product, TokenKind.Plus, TokenKind.Minus);

    private Expression Product() => Chain(Factor, TokenKind.Times, TokenKind.Divide);

    private Expression Factor()
    {
        var start = Current.Span;
        if (!Take(TokenKind.Minus)) return Primary();
        var operand = Nested(Factor);
        return new Unary(TokenKind.Minus, operand) { Span = start.Through(operand.Span) };
    }

    private Expression Primary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                _at++;
                return new Number(token.Value, token.Suffix) { Span = token.Span };
            case TokenKind.Duration:
                _at++;
                return DurationOf(token);
            case TokenKind.Open:
                _at++;
                var inner = Nested(Expression);
                if (Current.Kind == TokenKind.For) throw Unexpected("')': 'for' stands only at the end of the whole rule");
                Expect(TokenKind.Close, "')'");
                return inner;
            case TokenKind.Name or TokenKind.CrossesAbove or TokenKind.CrossesBelow or TokenKind.Crosses:
                return NameOrCall();
            default:
                throw Unexpected("a number, a metric or '('");
        }
    }

    private Expression NameOrCall()
    {
        var token = _tokens[_at++];
        var name = TextOf(token.Span);
        if (token.Kind != TokenKind.Name) name = name.ToLowerInvariant();
        if (name.Equals("change", StringComparison.OrdinalIgnoreCase) && Take(TokenKind.Since)) return Since(token.Span);
        if (!Take(TokenKind.Open))
        {
            return token.Kind == TokenKind.Name
                ? new Call(name, []) { Span = token.Span }
                : throw Unexpected($"'(' and two values, or a value before {name}");
        }

        var arguments = Nested(Arguments);
        return new Call(name, arguments) { Span = token.Span.Through(_tokens[_at - 1].Span) };
    }

    private ImmutableArray<Expression> Arguments()
    {
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        do arguments.Add(Expression()); while (Take(TokenKind.Comma));
        Expect(TokenKind.Close, "',' or ')'");
        return arguments.ToImmutable();
    }

    private ChangeSince Since(TextSpan start)
    {
        var reference = Nested(Factor);
        return new ChangeSince(reference) { Span = start.Through(reference.Span) };
    }

    private Duration HoldDuration()
    {
        if (Current.Kind != TokenKind.Duration) throw Unexpected("a duration, for instance 5m");
        var duration = DurationOf(_tokens[_at++]);
        return duration.Seconds is > 0 and <= LanguageLimits.HoldSeconds
            ? duration
            : throw RuleErrorException.At(duration.Span, "a condition can be held from 1s to 7d");
    }

    private Duration DurationOf(Token token) => token.Value <= LanguageLimits.HoldSeconds
        ? new Duration((int)token.Value, token.Suffix) { Span = token.Span }
        : throw RuleErrorException.At(token.Span, $"{TextOf(token.Span)} is too long");

    private Expression Chain(Func<Expression> operand, TokenKind first, TokenKind second = TokenKind.End)
    {
        var left = operand();
        while (Current.Kind != TokenKind.End && (Current.Kind == first || Current.Kind == second)) left = Infix(left, operand);
        return left;
    }

    private Binary Infix(Expression left, Func<Expression> operand)
    {
        var kind = _tokens[_at++].Kind;
        var right = operand();
        return new Binary(kind, left, right) { Span = left.Span.Through(right.Span) };
    }

    private T Nested<T>(Func<T> parse)
    {
        if (++_depth > LanguageLimits.Depth) throw TooLarge($"an expression is nested at most {LanguageLimits.Depth} deep", Current.Span.Start);
        var result = parse();
        _depth--;
        return result;
    }

    private bool Take(TokenKind kind)
    {
        if (Current.Kind != kind) return false;
        _at++;
        return true;
    }

    private void Expect(TokenKind kind, string expected)
    {
        if (!Take(kind)) throw Unexpected(expected);
    }

    private static bool IsComparison(TokenKind kind) =>
        kind is >= TokenKind.Less and <= TokenKind.NotEqual or TokenKind.CrossesAbove or TokenKind.CrossesBelow or TokenKind.Crosses;

    private string TextOf(TextSpan span) => _text.Substring(span.Start, span.Length);

    private RuleErrorException Unexpected(string expected)
    {
        var found = Current.Kind == TokenKind.End ? "the expression ends here" : $"'{TextOf(Current.Span)}' cannot stand here";
        return RuleErrorException.At(Current.Span, found, expected);
    }

    private RuleErrorException Leftover()
    {
        if (Current.Kind != TokenKind.Name) return Unexpected("'and', 'or', 'for' or the end");
        return RuleErrorException.At(
            Current.Span,
            $"'{TextOf(Current.Span)}' cannot stand here",
            "'and', 'or', 'for' or the end",
            Spelling.Nearest(TextOf(Current.Span), Keywords.All));
    }

    private RuleErrorException Chained(Binary first) => RuleErrorException.At(
        Current.Span, "comparisons cannot be chained", "'and'", $"{TextOf(first.Span)} and {TextOf(first.Right.Span)} {TextOf(Current.Span)} …");

    private static RuleErrorException TooLarge(string message, int position = 0) =>
        new(new RuleError(RuleErrorCode.Limit, RuleError.InExpression, position, 1, message));
}
