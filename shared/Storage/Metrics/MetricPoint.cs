namespace CryptoScreener.Storage.Metrics;

/// <summary>Chosen metrics at the close of one minute, in the order asked; NaN is absent.</summary>
public readonly record struct MetricPoint(long Minute, double[] Values);
