namespace CryptoScreener.Hosting.Health;

/// <summary>One thing the worker needs before it can serve, as last reported by the component that knows.</summary>
/// <param name="IsDegraded">It is not well, and the worker does the better part of its work without it.</param>
public sealed record ReadinessCheck(string Name, bool Ok, string Detail, DateTimeOffset Since, bool IsDegraded = false);
