namespace CryptoScreener.Rules.Language;

/// <summary>Bounds on one expression: far above what people write, far below what could hurt a worker.</summary>
public static class LanguageLimits
{
    public const int Characters = 4_000;
    public const int Tokens = 1_000;

    /// <summary>Parentheses, calls, <c>not</c> and minus signs inside each other.</summary>
    public const int Depth = 50;

    /// <summary>Steps of the compiled condition: <c>change since</c> looks at its reference twice, also inside itself.</summary>
    public const int Steps = 4_000;

    /// <summary>The longest <c>for</c>.</summary>
    public const int HoldSeconds = 7 * 86_400;
}
