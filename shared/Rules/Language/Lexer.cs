using System.Globalization;

namespace CryptoScreener.Rules.Language;

/// <summary>Cuts an expression into tokens. Comments run from <c>#</c> to the end of the line.</summary>
internal ref struct Lexer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public Token Next()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
        if (_at == _text.Length) return new Token(TokenKind.End, new TextSpan(_at, 0));
        var c = _text[_at];
        if (c == '#') return Comment();
        if (char.IsAsciiDigit(c) || c == '.') return Number();
        return char.IsAsciiLetter(c) || c == '_' ? Word() : Symbol(c);
    }

    private Token Comment()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] != '\n') _at++;
        return new Token(TokenKind.Comment, From(start));
    }

    private Token Word()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        var span = From(start);
        return new Token(Keywords.KindOf(_text.Slice(span.Start, span.Length)), span);
    }

    private Token Number()
    {
        var start = _at;
        SkipDigits();
        if (Peek() == '.')
        {
            _at++;
            SkipDigits();
        }

        var mark = _at;
        if (Peek() is 'e' or 'E')
        {
            _at++;
            if (Peek() is '+' or '-') _at++;
            if (char.IsAsciiDigit(Peek())) SkipDigits(); else _at = mark;
        }

        var digits = _text[start.._at].ToString().Replace("_", "", StringComparison.Ordinal);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            throw RuleErrorException.At(From(start), $"'{digits}' is not a number");
        return Suffixed(start, value, whole: !digits.AsSpan().ContainsAny('.', 'e', 'E'));
    }

    private Token Suffixed(int start, double value, bool whole)
    {
        var suffixAt = _at;
        if (Peek() == '%') _at++;
        else while (char.IsAsciiLetterOrDigit(Peek()) || Peek() == '_') _at++;
        var span = From(start);
        switch (_text[suffixAt.._at])
        {
            case "": return new Token(TokenKind.Number, span, value);
            case "%": return new Token(TokenKind.Number, span, value, NumberSuffix.Percent);
            case "k" or "K": return new Token(TokenKind.Number, span, value, NumberSuffix.Thousand);
            case "M": return new Token(TokenKind.Number, span, value, NumberSuffix.Million);
            case "b" or "B": return new Token(TokenKind.Number, span, value, NumberSuffix.Billion);
            case "s" or "m" or "h" or "d" when whole: return new Token(TokenKind.Duration, span, value, _text[suffixAt]);
            case "m":
                throw RuleErrorException.At(span, "a duration is a whole number of units", suggestion: $"{_text[start..suffixAt]}M (million)");
            default:
                const string Suffixes = "k, M, B or % after a number; s, m, h or d after a whole one";
                throw RuleErrorException.At(span, $"'{_text[suffixAt.._at]}' cannot follow a number", Suffixes);
        }
    }

    private Token Symbol(char c)
    {
        var second = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        var (kind, length) = (c, second) switch
        {
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('<', _) => (TokenKind.Less, 1),
            ('>', _) => (TokenKind.Greater, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('-', _) => (TokenKind.Minus, 1),
            ('*', _) => (TokenKind.Times, 1),
            ('/', _) => (TokenKind.Divide, 1),
            ('(', _) => (TokenKind.Open, 1),
            (')', _) => (TokenKind.Close, 1),
            (',', _) => (TokenKind.Comma, 1),
            _ => throw Unexpected(c),
        };
        _at += length;
        return new Token(kind, From(_at - length));
    }

    private readonly RuleErrorException Unexpected(char c)
    {
        var suggestion = c switch
        {
            '=' => "==",
            '&' => "and",
            '|' => "or",
            '!' => "not",
            '≥' => ">=",
            '≤' => "<=",
            '×' or '·' => "*",
            '−' => "-",
            _ => null,
        };
        var length = char.IsHighSurrogate(c) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]) ? 2 : 1;
        return RuleErrorException.At(new TextSpan(_at, length), $"'{_text.Slice(_at, length)}' has no meaning here", suggestion: suggestion);
    }

    private readonly char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()) || Peek() == '_') _at++;
    }

    private readonly TextSpan From(int start) => new(start, _at - start);
}
