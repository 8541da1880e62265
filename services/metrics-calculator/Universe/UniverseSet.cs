using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.MetricsCalculator.Universe;

/// <summary>What the complete set of one minute says about each instrument of an exchange.</summary>
/// <param name="Minute">Open time (unix ms).</param>
/// <param name="Ranks">Of the instruments that closed this minute.</param>
/// <param name="Benchmark">Null when the benchmark did not close it.</param>
internal sealed record UniverseSet(long Minute, IReadOnlyDictionary<InstrumentId, double[]> Ranks, BenchmarkCloses? Benchmark)
{
    /// <summary>Writes what is to stand in the frames of the minute after; null for an instrument that is not in the set.</summary>
    public void WriteTo(InstrumentId id, InstrumentState state)
    {
        state.Universe.Fill(double.NaN);
        if (!Ranks.TryGetValue(id, out var ranks)) return;
        ranks.CopyTo(state.Universe);
        if (Benchmark is not null) state.CompareWith(Benchmark);
    }
}
