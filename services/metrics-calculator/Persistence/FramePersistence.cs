using CryptoScreener.Contracts.Bus;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Metrics;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator.Persistence;

/// <summary>
/// Writes the closed frames of a partition to the database, rows and position in one transaction. A reader of METRICS of its
/// own: it lags behind a slow database alone, and a frame is stored exactly if its readers could see it.
/// </summary>
internal sealed class FramePersistence(
    StoredReader reader, CheckpointStore checkpoints, MetricHistory history, InstrumentStore instruments, WhenAvailable whenAvailable,
    CalculatorMetrics metrics, TimeProvider time)
{
    private const string ReaderName = "metrics";

    public async Task RunAsync(PartitionLease lease, CancellationToken stop)
    {
        var from = await whenAvailable.RunAsync("taking over metrics", token => checkpoints.AdoptAsync(ReaderName, lease, token), stop);
        var frames = new MinuteFrames();
        await reader.ReadAsync(
            Streams.Metrics,
            Subjects.ClosedMetricsOf(lease.Partition),
            new StreamPosition((ulong)from.Sequence, from.StreamEpoch),
            (batch, token) => TakeAsync(lease, frames, batch, token),
            stop);
    }

    private async ValueTask TakeAsync(PartitionLease lease, MinuteFrames frames, StoredBatch batch, CancellationToken stop)
    {
        foreach (var message in batch.Messages) frames.Add(message);
        if (!frames.IsDue) return; // the stored position stays before them
        var started = time.GetTimestamp();
        await whenAvailable.RunAsync("storing metrics", token => CommitAsync(lease, frames, batch.Position, token), stop);
        metrics.Inserted("metrics", time.GetElapsedTime(started));
        frames.Clear();
    }

    private async Task CommitAsync(PartitionLease lease, MinuteFrames frames, StreamPosition position, CancellationToken stop)
    {
        var rows = frames.Rows(await instruments.ResolveAsync(frames.Instruments, stop));
        await history.PrepareAsync(rows, stop);
        await checkpoints.CommitAsync(
            ReaderName,
            lease,
            new Checkpoint((long)position.Sequence, position.StreamCreated),
            (transaction, token) => history.WriteAsync(transaction, rows, token),
            stop);
    }
}
