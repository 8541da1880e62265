using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator.Persistence;

/// <summary>Writes closed candles to the database, rows and position in one transaction. Apart from calculating: a slow database delays no frame.</summary>
internal sealed class CandlePersistence(
    StoredReader reader, CheckpointStore checkpoints, CandleWriter writer, InstrumentStore instruments, WhenAvailable whenAvailable,
    CalculatorMetrics metrics, TimeProvider time)
{
    public const string ReaderName = "candles";

    public Task<Checkpoint> AdoptAsync(PartitionLease lease, CancellationToken stop) =>
        whenAvailable.RunAsync("taking over persistence", token => checkpoints.AdoptAsync(ReaderName, lease, token), stop);

    public Task RunAsync(PartitionLease lease, Checkpoint from, CancellationToken stop)
    {
        var table = new InstrumentTable();
        return reader.ReadAsync(
            Streams.Candles,
            Subjects.ClosedCandlesOf(lease.Partition),
            new StreamPosition((ulong)from.Sequence, from.StreamEpoch),
            (batch, token) => StoreAsync(lease, table, batch, token),
            stop);
    }

    private async ValueTask StoreAsync(PartitionLease lease, InstrumentTable table, StoredBatch batch, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var updates = new List<CandleUpdate>(batch.Messages.Count);
        foreach (var message in batch.Messages)
            if (StoredCandle.TryRead(message, table, out var update)) updates.Add(update);

        // Every step may be repeated: the rows are idempotent, and a lost lease is found out by the commit.
        await whenAvailable.RunAsync("storing candles", token => CommitAsync(lease, batch.Position, updates, token), stop);
        metrics.Inserted("candles", time.GetElapsedTime(started));
    }

    private async Task CommitAsync(PartitionLease lease, StreamPosition position, List<CandleUpdate> updates, CancellationToken stop)
    {
        var ids = await instruments.ResolveAsync([.. updates.Select(u => u.Instrument)], stop);
        var rows = updates.Select((u, i) => new CandleRow(ids[i], Timeframe.OneMinute, u.Candle, u.Source)).ToArray();
        await writer.PrepareAsync(rows, stop);
        await checkpoints.CommitAsync(
            ReaderName,
            lease,
            new Checkpoint((long)position.Sequence, position.StreamCreated),
            (transaction, token) => writer.WriteAsync(transaction, rows, token),
            stop);
    }
}
