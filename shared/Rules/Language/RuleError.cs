namespace CryptoScreener.Rules.Language;

/// <summary>What is wrong with a rule, where, and what its author probably wanted.</summary>
/// <param name="Field">Which part of the rule: <c>expression</c>, <c>trigger.bar</c>, …</param>
/// <param name="Position">Zero-based position in the expression; 0 for other fields.</param>
/// <param name="Length">How many characters are meant; at least 1.</param>
/// <param name="Expected">What could have stood there; null when the message says it.</param>
/// <param name="Suggestion">A text to put there instead.</param>
public sealed record RuleError(
    RuleErrorCode Code,
    string Field,
    int Position,
    int Length,
    string Message,
    string? Expected = null,
    string? Suggestion = null)
{
    public const string InExpression = "expression";

    /// <summary>The error as one sentence, for a log or a terminal.</summary>
    public override string ToString()
    {
        var place = Field == InExpression ? $"at {Position + 1}: " : $"{Field}: ";
        var expected = Expected is null ? "" : $"; expected {Expected}";
        var suggestion = Suggestion is null ? "" : $"; did you mean {Suggestion}?";
        return place + Message + expected + suggestion;
    }
}
