namespace CryptoScreener.Storage.Ownership;

/// <summary>What the database answered to a sign of life.</summary>
/// <param name="Owned">The partitions that are ours, with their epochs.</param>
/// <param name="Workers">Everybody who shows signs of life, in one order for all.</param>
internal sealed record LeaseBeat(IReadOnlyList<PartitionLease> Owned, IReadOnlyList<string> Workers)
{
    /// <summary>How many partitions we may own; the shares of all workers add up to exactly all.</summary>
    internal int ShareOf(string owner, int partitions)
    {
        for (var place = 0; place < Workers.Count; place++)
            if (Workers[place] == owner) return (partitions / Workers.Count) + (place < partitions % Workers.Count ? 1 : 0);
        return 0;
    }
}
