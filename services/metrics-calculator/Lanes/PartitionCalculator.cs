using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.MetricsCalculator.Persistence;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>Everything we do for a partition while we own it: warm up, then calculate and persist until the lease ends.</summary>
internal sealed class PartitionCalculator(
    LaneSet lanes,
    History history,
    CandlePersistence persistence,
    FrameCheckpoints checkpoints,
    CoreListener core,
    StoredReader reader,
    StoredPublisher stored,
    TimeProvider time,
    ILogger<PartitionCalculator> logger)
{
    public async Task HoldAsync(PartitionLease lease, Action warm, CancellationToken stop)
    {
        var lane = lanes.Of(lease.Partition);
        var persisted = await persistence.AdoptAsync(lease, stop);
        var framed = await checkpoints.AdoptAsync(lease, stop);
        var from = Earlier(persisted, framed.Checkpoint);
        CalculatorLog.PartitionOwned(logger, lease.Partition, lease.Epoch, (ulong)from.Sequence, (ulong)framed.Checkpoint.Sequence);
        await lane.OwnAsync(lease.Partition, lease.Epoch, stop);
        try
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var (candles, instruments) = await history.LoadAsync(lease.Partition, framed.MarkedMinutes, now, stop);
            CalculatorLog.Warm(logger, lease.Partition, candles, instruments);
            warm();
            var reached = FrameCheckpoints.NewQueue();
            await Together.RunAsync(
                stop,
                token => HearAsync(lane, lease.Partition, Subjects.LiveCandlesOf(lease.Partition), LaneItemKind.Live, token),
                token => HearAsync(lane, lease.Partition, Subjects.ClosedCandlesOf(lease.Partition), LaneItemKind.Heard, token),
                token => ReadAsync(lane, lease, from, framed.Checkpoint, reached.Writer, token),
                token => checkpoints.StoreAllAsync(lease, reached.Reader, token),
                token => persistence.RunAsync(lease, persisted, token));
        }
        finally
        {
            await lane.DisownAsync(lease.Partition, CancellationToken.None);
            CalculatorLog.PartitionLost(logger, lease.Partition);
        }
    }

    /// <summary>The publisher's order at the lowest latency; what is lost here comes from the stream.</summary>
    private Task HearAsync(CalculationLane lane, int partition, string subject, LaneItemKind kind, CancellationToken stop)
    {
        var table = new InstrumentTable();
        return core.ListenAsync(
            subject,
            message =>
            {
                if (StoredCandle.TryRead(message.Subject, message.Data, table, out var update)) lane.Try(new LaneItem(kind, partition, update));
            },
            stop);
    }

    private Task ReadAsync(
        CalculationLane lane, PartitionLease lease, Checkpoint from, Checkpoint framed, ChannelWriter<FrameCheckpoints.Reached> reached, CancellationToken stop)
    {
        var table = new InstrumentTable();
        var position = new FramePosition();
        return reader.ReadAsync(
            Streams.Candles,
            Subjects.ClosedCandlesOf(lease.Partition),
            new StreamPosition((ulong)from.Sequence, from.StreamEpoch),
            async (batch, token) =>
            {
                var marked = false;
                foreach (var message in batch.Messages)
                {
                    var isOut = batch.Position.StreamCreated == framed.StreamEpoch && message.Sequence <= (ulong)framed.Sequence;
                    if (StoredCandle.TryRead(message, table, out var candle))
                        await lane.PutAsync(new LaneItem(LaneItemKind.Stored, lease.Partition, candle, message.Sequence, isOut), token);
                    else if (SubjectTokens.IsMark(message.Subject)) marked |= await ForwardAsync(lane, lease, message, isOut, position, token);
                }

                await lane.DoneAsync(token);
                if (!marked) return;
                var (sequence, minutes) = position.Newest();
                reached.TryWrite(new FrameCheckpoints.Reached(new Checkpoint((long)sequence, batch.Position.StreamCreated), minutes));
            },
            stop);
    }

    /// <summary>A mark goes on when the frames of everything before it are on their way, in the same order.</summary>
    private async ValueTask<bool> ForwardAsync(
        CalculationLane lane, PartitionLease lease, StoredMessage message, bool isOut, FramePosition position, CancellationToken stop)
    {
        if (BusJson.Read(message.Data.Span, ContractsJson.Default.Mark) is not { } mark) return false;
        position.Marked(mark, message.Sequence);
        if (isOut) return true;
        await lane.DoneAsync(stop);
        var json = JsonSerializer.SerializeToUtf8Bytes(mark with { Epoch = lease.Epoch }, ContractsJson.Default.Mark);
        var subject = Subjects.MetricsMark(lease.Partition, mark.Exchange);
        await stored.PublishAsync(subject, json, $"{subject}:{mark.Minute}", stop);
        return true;
    }

    private static Checkpoint Earlier(Checkpoint a, Checkpoint b)
    {
        if (a.StreamEpoch != b.StreamEpoch) return a.StreamEpoch > b.StreamEpoch ? a : b; // the younger stream is the one that exists
        return a.Sequence <= b.Sequence ? a : b;
    }
}
