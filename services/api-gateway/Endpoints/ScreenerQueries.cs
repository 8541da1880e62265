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
        return sort is not null && Sort(sort, catalogue).Metric is { } sorted ? filtered.Append(sorted) : filtered;
    }

    public SortKey Sort(string text, MetricCatalogue catalogue)
    {
        if (_sorts.Count >= Capacity) _sorts.Clear();
        return _sorts.GetOrAdd((catalogue.Hash, text), static (key, catalogue) => SortKey.Of(key.Text, catalogue), catalogue);
    }
}

/// <summary>By what to sort, and which way.</summary>
/// <param name="Metric">Null when there are errors.</param>
internal sealed record SortKey(RuleMetric? Metric, bool Descending, ImmutableArray<RuleError> Errors)
{
    /// <summary>
    /// <c>-change(1h)</c>: a metric as the language writes it, in whatever spelling it takes; a minus puts the largest first.
    /// </summary>
    public static SortKey Of(string text, MetricCatalogue catalogue)
    {
        var descending = text.StartsWith('-');
        var (metric, errors) = RuleCompiler.CompileMetric(descending ? text[1..] : text, catalogue);
        return new SortKey(metric, descending, errors);
    }
}
