using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>Which instruments a filter lets pass, the first ones by a metric. Pure; compiled anew when the catalogue changes.</summary>
/// <param name="filter">In the rule language; null for all.</param>
/// <param name="sort">A metric; with a leading <c>-</c> the largest come first.</param>
internal sealed class ScreenerQuery(string? filter, string? sort, int limit)
{
    private MetricCatalogue? _catalogue;
    private CompiledCondition? _condition;
    private int _column = -1;

    private bool Descends => sort?.StartsWith('-') ?? false;

    private string? SortMetric => sort?.TrimStart('-').Replace(" ", "", StringComparison.Ordinal);

    /// <summary>What is wrong with it, for its author; null when nothing is.</summary>
    public (string Parameter, string Complaint)? Check(MetricCatalogue catalogue)
    {
        if (filter is not null && RuleCompiler.CompileFilter(filter, catalogue) is { Result: null, Errors: var errors })
            return ("filter", string.Join("; ", errors.Select(error => error.ToString())));
        return SortMetric is { } metric && catalogue.ColumnOf(metric) < 0 ? ("sort", $"There is no metric '{metric}' to sort by.") : null;
    }

    /// <param name="frames">The market.</param>
    /// <param name="total">How many pass, with those beyond the limit.</param>
    public List<LatestFrame> Run(IEnumerable<LatestFrame> frames, out int total)
    {
        var passed = frames.Where(Passes).ToList();
        total = passed.Count;
        passed.Sort(Compare);
        if (passed.Count > limit) passed.RemoveRange(limit, passed.Count - limit);
        return passed;
    }

    private bool Passes(LatestFrame frame)
    {
        Bind(frame.Catalogue);
        return filter is null || _condition?.Evaluate(frame.Values) == Truth.True;
    }

    /// <summary>Unknown values come last either way; equals are told apart by their instrument, so that the order is one.</summary>
    private int Compare(LatestFrame one, LatestFrame other)
    {
        var (a, b) = (SortValue(one), SortValue(other));
        var order = (double.IsNaN(a), double.IsNaN(b)) switch
        {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => -1,
            _ => Descends ? b.CompareTo(a) : a.CompareTo(b),
        };
        return order != 0 ? order : one.Instrument.CompareTo(other.Instrument);
    }

    private double SortValue(LatestFrame frame)
    {
        Bind(frame.Catalogue);
        return _column < 0 ? double.NaN : frame.Values[_column];
    }

    private void Bind(MetricCatalogue catalogue)
    {
        if (ReferenceEquals(_catalogue, catalogue)) return;
        _catalogue = catalogue;
        _condition = filter is null ? null : RuleCompiler.CompileFilter(filter, catalogue).Result;
        _column = SortMetric is { } metric ? catalogue.ColumnOf(metric) : -1;
    }
}
