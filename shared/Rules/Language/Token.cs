namespace CryptoScreener.Rules.Language;

internal enum TokenKind : byte
{
    End, Number, Duration, Name, Comma, Open, Close,
    Plus, Minus, Times, Divide,
    Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual,
    And, Or, Not, CrossesAbove, CrossesBelow, Crosses, Within, To, Of, For, Since,
    Comment,
}

/// <param name="Value">The digits of a number or duration, as a number.</param>
/// <param name="Suffix">The unit of a duration, the multiplier of a number, or none.</param>
internal readonly record struct Token(TokenKind Kind, TextSpan Span, double Value = 0, char Suffix = NumberSuffix.None);

/// <summary>What may follow the digits of a number.</summary>
internal static class NumberSuffix
{
    public const char None = '\0';
    public const char Thousand = 'k';
    public const char Million = 'M';
    public const char Billion = 'B';
    public const char Percent = '%';

    public static double Multiplier(char suffix) => suffix switch
    {
        Thousand => 1e3,
        Million => 1e6,
        Billion => 1e9,
        _ => 1,
    };
}
