namespace CryptoScreener.Storage.Metrics;

/// <summary>A metric that somebody asked for.</summary>
/// <param name="Objection">Why calculators cannot calculate it; null while they can, or have not looked at it yet.</param>
public sealed record Demand(string Name, string? Objection = null);
