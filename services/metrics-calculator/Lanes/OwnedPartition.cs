using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>The instruments of one partition while we own it.</summary>
internal sealed class OwnedPartition(int number, long epoch)
{
    public int Number { get; } = number;

    public long Epoch { get; } = epoch;

    public Dictionary<InstrumentId, TrackedInstrument> Instruments { get; } = [];
}
