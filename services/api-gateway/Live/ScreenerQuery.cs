using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>Which instruments a filter lets pass, the first ones by a metric. Compiled once for each catalogue. One thread at a time.</summary>
/// <param name="filter">In the rule language; null for all.</param>
/// <param name="sort">A metric; with a leading <c>-</c> the largest come first.</param>
/// <param name="limit">How many.</param>
/// <param name="compile">The rule compiler when absent.</param>
internal sealed class ScreenerQuery(string? filter, string? sort, int limit, Func<string, MetricCatalogue, CompiledCondition?>? compile = null)
{
    private readonly ByCatalogue<Bound> _bound = new(catalogue => new Bound(
        filter is null ? null : (compile ?? Compile)(filter, catalogue), Metric(sort) is { } metric ? MetricName.Find(metric, catalogue) : null));

    private bool Descends { get; } = sort?.StartsWith('-') ?? false;

    /// <summary>What is wrong with it, for its author; null when nothing is.</summary>
    public (string Parameter, string Complaint)? Check(MetricCatalogue catalogue)
    {
        if (filter is not null && RuleCompiler.CompileFilter(filter, catalogue) is { Result: null, Errors: var errors })
            return ("filter", string.Join("; ", errors.Select(error => error.ToString())));
        return Metric(sort) is { } metric && MetricName.Find(metric, catalogue) is null ? ("sort", $"There is no metric '{metric}' to sort by.") : null;
    }

    /// <summary>What it looks at; a column of −1 is one that nobody calculates yet.</summary>
    public IReadOnlyList<RuleMetric> Metrics(MetricCatalogue catalogue)
    {
        var (condition, sortedBy) = _bound.Of(catalogue);
        var metrics = new List<RuleMetric>();
        if (condition is not null) metrics.AddRange(condition.Metrics);
        if (sortedBy is { } metric) metrics.Add(metric);
        return metrics;
    }

    /// <param name="frames">The market.</param>
    /// <param name="total">How many pass, with those beyond the limit.</param>
    public List<LatestFrame> Run(IEnumerable<LatestFrame> frames, out int total)
    {
        var passed = new List<Sortable>();
        foreach (var frame in frames)
        {
            var bound = _bound.Of(frame.Catalogue);
            if (filter is not null && bound.Condition?.Evaluate(frame.Values) != Truth.True) continue;
            passed.Add(new Sortable(frame, bound.SortedBy?.In(frame.Values) ?? double.NaN));
        }

        total = passed.Count;
        passed.Sort(Compare);
        return [.. passed.Take(limit).Select(item => item.Frame)];
    }

    /// <summary>Unknown values come last either way; equals are told apart by their instrument, so that the order is one.</summary>
    private int Compare(Sortable one, Sortable other)
    {
        var (a, b) = (one.Value, other.Value);
        var order = (double.IsNaN(a), double.IsNaN(b)) switch
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => Descends ? b.CompareTo(a) : a.CompareTo(b),
        };
        return order != 0 ? order : one.Frame.Instrument.CompareTo(other.Frame.Instrument);
    }

    private static string? Metric(string? sort) => sort?.TrimStart('-').Replace(" ", "", StringComparison.Ordinal);

    private static CompiledCondition? Compile(string filter, MetricCatalogue catalogue) => RuleCompiler.CompileFilter(filter, catalogue).Result;

    private sealed record Bound(CompiledCondition? Condition, RuleMetric? SortedBy);

    private readonly record struct Sortable(LatestFrame Frame, double Value);
}
