namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>What a restored state knows.</summary>
/// <param name="From">Open time (unix ms) of the oldest minute it has room for.</param>
/// <param name="Newest">Open time (unix ms) of its newest closed minute.</param>
/// <param name="Minutes">How many of the minutes between are there.</param>
internal readonly record struct RestoredState(long From, long Newest, int Minutes);
