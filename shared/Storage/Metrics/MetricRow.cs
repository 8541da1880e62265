namespace CryptoScreener.Storage.Metrics;

/// <summary>All metrics of one instrument at the close of one minute, in the order of the catalogue; NaN is absent.</summary>
public readonly record struct MetricRow(int InstrumentId, long Minute, ulong CatalogueHash, double[] Numbers);
