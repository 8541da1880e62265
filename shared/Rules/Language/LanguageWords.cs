using System.Collections.Immutable;

namespace CryptoScreener.Rules.Language;

/// <summary>A word or sign of the language: what the reference prints and editors offer.</summary>
public sealed record LanguageWord(string Text, string Usage, string Meaning);

/// <summary>The signs and keywords, from the loosest to the tightest binding.</summary>
internal static class LanguageWords
{
    public static readonly ImmutableArray<LanguageWord> All =
    [
        new("for", "condition for 5m", "The condition must have held this long (1s to 7d). Only at the end of a rule, not in filters."),
        new("or", "a or b", "At least one holds."),
        new("and", "a and b", "Both hold."),
        new("not", "not a", "It does not hold; unknown stays unknown."),
        new("<", "x < y", "Below."),
        new("<=", "x <= y", "Below or equal."),
        new(">", "x > y", "Above."),
        new(">=", "x >= y", "Above or equal."),
        new("==", "x == y", "Equal."),
        new("!=", "x != y", "Different."),
        new("crosses_above", "x crosses_above y", "x was at most y at the end of the minute before, and is above it now."),
        new("crosses_below", "x crosses_below y", "x was at least y at the end of the minute before, and is below it now."),
        new("crosses", "x crosses y", "x crosses y in either direction."),
        new("within", "x within 1 to 2", "In the range, both ends included; `x within 2% of y`: no further from y than 2 % of it."),
        new("to", "x within 1 to 2", "Separates the ends of a range."),
        new("of", "x within 2% of y", "Names the target of a tolerance."),
        new("+", "x + y", "Sum."),
        new("-", "x - y, -x", "Difference; opposite."),
        new("*", "x * y", "Product."),
        new("/", "x / y", "Quotient; unknown when y is 0."),
        new("since", "change since y", "How far the price is from y, in percent of y."),
    ];
}
