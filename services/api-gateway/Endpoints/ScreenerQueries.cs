using System.Collections.Concurrent;
using System.Collections.Immutable;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Language;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>
/// Compiled filters by their text: a page asks the same one again and again. Bounded; when full it forgets all, which costs
/// each query one compilation.
/// </summary>
internal sealed class ScreenerQueries
{
    private const int Capacity = 1_000;
    private readonly ConcurrentDictionary<(ulong Catalogue, string Text), Compilation<CompiledCondition>> _filters = new();
    private readonly ConcurrentDictionary<(ulong Catalogue, string Text), SortKey> _sorts = new();

    public Compilation<CompiledCondition> Filter(string text, MetricCatalogue catalogue)
    {
        if (_filters.Count >= Capacity) _filters.Clear();
        return _filters.GetOrAdd((catalogue.Hash, text), static (key, catalogue) => RuleCompiler.CompileFilter(key.Text, catalogue), catalogue);
    }

    /// <summary>What a filter and a sort that are right look at.</summary>
    public IEnumerable<RuleMetric> Metrics(string? filter, string? sort, MetricCatalogue catalogue)
    {
        IEnumerable<RuleMetric> filtered = filter is null ? [] : Filter(filter, catalogue).Result!.Metrics;
        return sort is not null && Sort(sort, catalogue) is var key ? filtered.Append(new RuleMetric(key.Metric, key.Column)) : filtered;
    }

    public SortKey Sort(string text, MetricCatalogue catalogue)
    {
        if (_sorts.Count >= Capacity) _sorts.Clear();
        return _sorts.GetOrAdd((catalogue.Hash, text), static (key, catalogue) => SortKey.Of(key.Text, catalogue), catalogue);
    }
}

/// <summary>By what to sort, and which way.</summary>
/// <param name="Metric">In its one spelling.</param>
/// <param name="Column">Where frames hold it; −1 when the catalogue does not have it.</param>
internal sealed record SortKey(string Metric, int Column, bool Descending, ImmutableArray<RuleError> Errors)
{
    private static readonly SortKey None = new("", -1, false, []);

    /// <summary>
    /// <c>-change(1h)</c>: a metric as the language writes it, in whatever spelling it takes; a minus puts the largest first.
    /// </summary>
    public static SortKey Of(string text, MetricCatalogue catalogue)
    {
        var descending = text.StartsWith('-');
        var name = (descending ? text[1..] : text).Trim();
        // A metric alone is no condition; compared with something it is, and the compiler knows all its spellings.
        var compiled = RuleCompiler.CompileFilter($"{name} > 0", catalogue);
        return compiled.Result is { Metrics: [var metric] }
            ? new SortKey(metric.Name, metric.Column, descending, [])
            : None with { Errors = compiled.Errors.IsEmpty ? [new RuleError(RuleErrorCode.Type, "sort", 0, Math.Max(1, name.Length), "sort by one metric, for instance -change(1h)")] : compiled.Errors };
    }
}
