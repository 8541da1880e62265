namespace CryptoScreener.Storage.Metrics;

/// <summary>A metric that is asked for and does not come for now.</summary>
/// <param name="Objection">Why calculators cannot calculate it; null where they could and there is no room.</param>
public sealed record Refusal(string Name, string? Objection = null);
