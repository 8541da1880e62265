using System.Globalization;
using CryptoScreener.Contracts.Catalogue;
using CryptoScreener.Indicators;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Every metric there is, and what may be asked for beyond them.</summary>
/// <param name="Hash">Null until calculators have told it.</param>
internal sealed record CatalogueView(string? Hash, IReadOnlyList<CatalogueMetric> Metrics)
{
    public static CatalogueView Of(MetricCatalogue? catalogue) =>
        new(catalogue?.Hash.ToString("x16", CultureInfo.InvariantCulture), [.. (catalogue?.Metrics ?? []).Select(CatalogueMetric.Of)]);
}

/// <param name="Parameters">What the arguments are, in their order and within which bounds others may be asked for; a timeframe comes after them. Empty for what is no indicator.</param>
internal sealed record CatalogueMetric(
    string Name,
    string Function,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<IndicatorParameter> Parameters,
    string Unit,
    string Meaning,
    int WarmUpMinutes)
{
    public static CatalogueMetric Of(MetricDefinition metric) => new(
        metric.Name, metric.Function, metric.Arguments, IndicatorRegistry.Find(metric.Function)?.Parameters ?? [], metric.Unit, metric.Meaning, metric.WarmUpMinutes);
}
