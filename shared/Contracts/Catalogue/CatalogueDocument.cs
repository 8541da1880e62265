namespace CryptoScreener.Contracts.Catalogue;

/// <summary>A catalogue as it is stored and served.</summary>
public sealed record CatalogueDocument(string Hash, IReadOnlyList<MetricDefinition> Metrics);
