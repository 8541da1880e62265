using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>A metric by its name alone, as columns and sorts give it.</summary>
internal static class MetricName
{
    /// <returns>With a column of −1 when calculators could have it and do not yet; null when there is no such metric.</returns>
    public static RuleMetric? Find(string name, MetricCatalogue catalogue)
    {
        if (catalogue.ColumnOf(name) is >= 0 and var column) return new RuleMetric(name, column);
        // A metric alone is no condition; compared with something it is.
        return RuleCompiler.CompileFilter($"{name} > 0", catalogue).Result is { Metrics: [var metric] } && metric.Name == name ? metric : null;
    }
}
