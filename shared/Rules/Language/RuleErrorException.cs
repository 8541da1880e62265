namespace CryptoScreener.Rules.Language;

/// <summary>Leaves the parser at the first error; never leaves this assembly.</summary>
internal sealed class RuleErrorException(RuleError error) : Exception(error.ToString())
{
    public RuleError Error => error;

    public static RuleErrorException TooMuch(string message) =>
        new(new RuleError(RuleErrorCode.Limit, RuleError.InExpression, 0, 1, message));

    public static RuleErrorException At(TextSpan span, string message, string? expected = null, string? suggestion = null) =>
        new(new RuleError(RuleErrorCode.Syntax, RuleError.InExpression, span.Start, Math.Max(1, span.Length), message, expected, suggestion));
}
