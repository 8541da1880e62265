using System.Collections.Immutable;

namespace CryptoScreener.Calculation;

/// <summary>Where in a frame the metrics stand that compare an instrument with others.</summary>
/// <param name="First">Column of the first of them; they are next to each other.</param>
/// <param name="Ranked">For each rank, in order, the column of the metric that is ranked.</param>
/// <param name="Benchmarked">For each timeframe a correlation and a beta, after the ranks.</param>
public sealed record UniverseColumns(int First, ImmutableArray<int> Ranked, int Benchmarked)
{
    public int Count => Ranked.Length + (2 * Benchmarked);
}
