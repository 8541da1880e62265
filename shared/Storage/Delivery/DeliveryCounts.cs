namespace CryptoScreener.Storage.Delivery;

/// <summary>What waits, what waits longer than it should (its time has come), and what was given up.</summary>
public readonly record struct DeliveryCounts(long Pending, long Due, long Dead);
