namespace CryptoScreener.Hosting.Health;

/// <summary>One thing the worker needs before it can serve, as last reported by the component that knows.</summary>
public sealed record ReadinessCheck(string Name, bool Ok, string Detail, DateTimeOffset Since);
