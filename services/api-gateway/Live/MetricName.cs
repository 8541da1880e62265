using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Rules.Compilation;

namespace CryptoScreener.ApiGateway.Live;

/// <summary>A metric by its name, in the one spelling that answers have.</summary>
internal static class MetricName
{
    /// <returns>With a column of −1 when calculators could have it and do not yet; null when there is no such metric.</returns>
    public static RuleMetric? Find(string name, MetricCatalogue catalogue)
    {
        if (catalogue.ColumnOf(name) is >= 0 and var column) return new RuleMetric(name, column);
        return RuleCompiler.CompileMetric(name, catalogue).Metric is { } metric && metric.Name == name ? metric : null;
    }
}
