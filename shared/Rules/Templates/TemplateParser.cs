using System.Globalization;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.Rules.Templates;

/// <summary>Reads one placeholder: <c>price * 1.02 | 0.0000</c>, <c>metric rsi(14,1h)</c>, <c>symbol</c>.</summary>
/// <param name="text">What stands between the braces.</param>
/// <param name="position">Where that begins in the template.</param>
internal ref struct TemplateParser(ReadOnlySpan<char> text, int position)
{
    private const int DepthLimit = 16;
    private readonly int _end = position + text.Length;
    private ReadOnlySpan<char> _rest = text;
    private int _depth;

    /// <summary>Throws a <see cref="TemplateException"/> that says what was expected.</summary>
    public TemplateExpression Parse()
    {
        var expression = Sum();
        Skip();
        return _rest.IsEmpty ? expression : throw Fault($"'{_rest}' was not expected");
    }

    private TemplateExpression Sum()
    {
        var left = Product();
        while (Next() is '+' or '-') left = new TemplateExpression.Operation(Take(), left, Product());
        return left;
    }

    private TemplateExpression Product()
    {
        var left = Factor();
        while (Next() is '*' or '/') left = new TemplateExpression.Operation(Take(), left, Factor());
        return left;
    }

    private TemplateExpression Factor()
    {
        if (++_depth > DepthLimit) throw Fault($"more than {DepthLimit} levels");
        var next = Next();
        var factor = next switch
        {
            '(' => Group(),
            '-' => Negative(),
            >= '0' and <= '9' or '.' => Number(),
            >= 'a' and <= 'z' => Name(),
            '\0' => throw Fault("a name or a number is missing at the end"),
            _ => throw Fault($"'{next}' was not expected"),
        };
        _depth--;
        return factor;
    }

    private TemplateExpression Group()
    {
        Take();
        var inner = Sum();
        return Next() == ')' && Take() == ')' ? inner : throw Fault("')' is missing");
    }

    private TemplateExpression.Operation Negative()
    {
        Take();
        return new TemplateExpression.Operation('-', new TemplateExpression.Literal(0), Factor());
    }

    private TemplateExpression.Literal Number()
    {
        var digits = Word(static c => char.IsAsciiDigit(c) || c == '.');
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? new(value)
            : throw Fault($"'{digits}' is not a number", digits.Length);
    }

    private TemplateExpression Name()
    {
        var name = Word(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        if (name.SequenceEqual("metric")) return Metric();
        var field = name.ToString();
        return TemplateFields.Names.Contains(field)
            ? new TemplateExpression.Field(field)
            : throw Fault($"'{field}' is not known{Guess(field)}; there are {string.Join(", ", TemplateFields.Names)}, and metrics as in: metric rsi(14,1h)", field.Length);
    }

    private TemplateExpression.Metric Metric()
    {
        Skip();
        var name = Word(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_').ToString();
        if (name.Length == 0) throw Fault("the metric's name is missing, as in: metric rsi(14,1h)");
        if (Next() != '(') return new(name);
        var end = _rest.IndexOf(')');
        if (end < 0) throw Fault($"')' is missing behind {name}(");
        var arguments = _rest[..(end + 1)].ToString().Replace(" ", "", StringComparison.Ordinal);
        _rest = _rest[(end + 1)..];
        return new(name + arguments);
    }

    private ReadOnlySpan<char> Word(Func<char, bool> belongs)
    {
        var length = 0;
        while (length < _rest.Length && belongs(_rest[length])) length++;
        var word = _rest[..length];
        _rest = _rest[length..];
        return word;
    }

    private char Next()
    {
        Skip();
        return _rest.IsEmpty ? '\0' : _rest[0];
    }

    private char Take()
    {
        var taken = _rest[0];
        _rest = _rest[1..];
        return taken;
    }

    private void Skip() => _rest = _rest.TrimStart();

    private static string Guess(string field) => Spelling.Nearest(field, TemplateFields.Names) is { } near ? $" (did you mean {near}?)" : "";

    // Here, or at what was just read.
    private readonly TemplateException Fault(string reason, int back = 0) => new(_end - _rest.Length - back, reason);
}
