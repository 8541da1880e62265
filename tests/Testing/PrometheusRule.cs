using System.Text.RegularExpressions;

namespace CryptoScreener.Testing;

/// <summary>A recording or alert rule as Prometheus evaluates it.</summary>
/// <param name="Health"><c>ok</c>, <c>err</c>, or <c>unknown</c> before its first evaluation.</param>
public sealed partial record PrometheusRule(string Name, string Query, string Health, string LastError)
{
    /// <summary>The series it reads: each metric with its labels, but not what is done with it.</summary>
    public IReadOnlySet<string> Selectors =>
        Selector().Matches(Grouping().Replace(Query, "")).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(by|on|without|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    // A name that is no function and no word of the language, with or without labels; or labels alone.
    [GeneratedRegex(@"(?<![\w:""])(?>[a-zA-Z]\w*[_:][\w:]*|up|\{)(?!\s*\()(?:(?<=\{)[^}]*\}|\{[^}]*\})?")]
    private static partial Regex Selector();
}
