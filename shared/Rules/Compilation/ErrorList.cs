using System.Collections.Immutable;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.Rules.Compilation;

/// <summary>Collects what is wrong, so that an author sees everything at once.</summary>
internal sealed class ErrorList
{
    private readonly List<RuleError> _errors = [];

    public bool IsEmpty => _errors.Count == 0;

    public ImmutableArray<RuleError> ToImmutable() => [.. _errors];

    /// <summary>What is written once is reported once, also where a crossing looks at it twice.</summary>
    public void Add(RuleError error)
    {
        if (!_errors.Contains(error)) _errors.Add(error);
    }

    public void Add(RuleErrorCode code, Expression place, string message, string? expected = null, string? suggestion = null)
    {
        // Of a call with arguments its name is meant, and that is where it begins.
        var length = code == RuleErrorCode.UnknownName && place is Call call ? call.Name.Length : Math.Max(1, place.Span.Length);
        Add(new RuleError(code, RuleError.InExpression, place.Span.Start, length, message, expected, suggestion));
    }

    public void AddSetting(string field, string message, string? suggestion = null) =>
        Add(new RuleError(RuleErrorCode.Setting, field, 0, 1, message, Suggestion: suggestion));
}
