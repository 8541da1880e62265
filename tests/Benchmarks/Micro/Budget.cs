namespace CryptoScreener.Benchmarks.Micro;

/// <summary>What one operation may take.</summary>
/// <param name="AllocatedBytes">Exactly: who needs less writes it down, so that it stays.</param>
/// <param name="MaxRatio">The most time, as a multiple of the baseline's in the same run; only <c>make bench</c> looks at it.</param>
/// <param name="Baseline">Another benchmark, with its parameters; null is the yardstick.</param>
internal sealed record Budget(long AllocatedBytes, double? MaxRatio = null, string? Baseline = null);
