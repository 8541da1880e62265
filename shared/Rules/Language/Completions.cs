using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.Rules.Language;

/// <summary>One thing an editor can offer.</summary>
/// <param name="Kind"><c>keyword</c>, <c>function</c> or <c>metric</c>.</param>
/// <param name="Insert">What to put into the text.</param>
public sealed record Completion(string Label, string Kind, string Insert, string Detail);

/// <summary>Everything that can be written, for editors to filter as the author types.</summary>
public static class Completions
{
    public static IEnumerable<Completion> For(MetricCatalogue catalogue) =>
    [
        .. LanguageWords.All.Where(w => char.IsAsciiLetter(w.Text[0])).Select(w => new Completion(w.Text, "keyword", w.Text, w.Meaning)),
        .. Functions.All.Where(f => !f.IsCondition).Select(f => new Completion(f.Signature, "function", f.Name + "(", f.Meaning)),
        .. catalogue.Metrics.Select(m => new Completion(m.Name, "metric", m.Name, $"{m.Meaning} ({m.Unit})")),
    ];
}
