using CryptoScreener.Contracts.Hashing;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.Contracts.Bus;

/// <summary>
/// Which partition an instrument belongs to. The publisher computes it, so it works on every server version. The number
/// of partitions is fixed for the life of a deployment: readers' checkpoints and leases are kept per partition.
/// </summary>
public static class Partitioning
{
    public const int DefaultCount = 16;
    public const int MaxCount = 1024;

    public static int Of(InstrumentId instrument, int count) => PartOf(instrument.ToString(), count);

    /// <summary>The same for whatever else is shared out by its name.</summary>
    public static int PartOf(string name, int count) => (int)(new Fnv1a64().Add(name).Mixed() % (ulong)count);
}
