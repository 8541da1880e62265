namespace CryptoScreener.Storage.Ownership;

/// <summary>One partition as we own it. The epoch goes into every effect; whoever owns the partition later has a higher one.</summary>
public readonly record struct PartitionLease(string Kind, int Partition, long Epoch);
