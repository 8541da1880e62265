using CryptoScreener.Storage.Metrics;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.IntegrationTests.Storage.Records;

internal static class MetricRows
{
    /// <summary>Writes as the calculator that owns the partition does.</summary>
    internal static async Task WriteAsync(TestStorage storage, params MetricRow[] rows)
    {
        var (checkpoints, history) = (storage.Get<CheckpointStore>(), storage.Get<MetricHistory>());
        var lease = new PartitionLease("calculator", 0, 1);
        await checkpoints.AdoptAsync("history", lease);
        await history.PrepareAsync(rows);
        await checkpoints.CommitAsync("history", lease, default, (transaction, stop) => history.WriteAsync(transaction, rows, stop));
    }
}
