using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.MetricsCalculator.Persistence;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.MetricsCalculator.Universe;
using CryptoScreener.MetricsCalculator.WarmUp;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>Everything we do for a partition while we own it: warm up, then calculate and persist until the lease ends.</summary>
internal sealed class PartitionCalculator(
    LaneSet lanes,
    History history,
    CandlePersistence persistence,
    FramePersistence framePersistence,
    FrameCheckpoints checkpoints,
    PlanBook plans,
    BackfillListener backfills,
    UniverseBoard universe,
    CoreListener core,
    StoredReader reader,
    StoredPublisher stored,
    TimeProvider time,
    ILogger<PartitionCalculator> logger)
{
    private static readonly TimeSpan CatchUpPatience = TimeSpan.FromSeconds(10);

    public async Task HoldAsync(PartitionLease lease, Action warm, CancellationToken stop)
    {
        await plans.Known.WaitAsync(stop);
        await backfills.Listening.WaitAsync(stop);
        var lane = lanes.Of(lease.Partition);
        var persisted = await persistence.AdoptAsync(lease, stop);
        var framed = await checkpoints.AdoptAsync(lease, stop);
        var from = Checkpoint.Earlier(persisted, framed.Checkpoint);
        CalculatorLog.PartitionOwned(logger, lease.Partition, lease.Epoch, (ulong)from.Sequence, (ulong)framed.Checkpoint.Sequence);
        await lane.OwnAsync(lease.Partition, lease.Epoch, stop);
        try
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var (candles, instruments) = await history.LoadAsync(lease.Partition, framed.MarkedMinutes, now, stop);
            CalculatorLog.Warm(logger, lease.Partition, candles, instruments);
            await CatchUpAsync(stop);
            warm();
            var reached = FrameCheckpoints.NewQueue();
            await Together.RunAsync(
                stop,
                token => HearAsync(lane, lease.Partition, Subjects.LiveCandlesOf(lease.Partition), LaneItemKind.Live, token),
                token => HearAsync(lane, lease.Partition, Subjects.ClosedCandlesOf(lease.Partition), LaneItemKind.Heard, token),
                token => ReadAsync(lane, lease, from, framed, reached.Writer, token),
                token => checkpoints.StoreAllAsync(lease, reached.Reader, token),
                token => persistence.RunAsync(lease, persisted, token),
                token => framePersistence.RunAsync(lease, token));
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
        CalculationLane lane, PartitionLease lease, Checkpoint from, FrameCheckpoints.Reached framed, ChannelWriter<FrameCheckpoints.Reached> reached, CancellationToken stop)
    {
        var table = new InstrumentTable();
        var streamEpoch = framed.Checkpoint.StreamEpoch;
        var position = new FramePosition((ulong)framed.Checkpoint.Sequence, framed.MarkedMinutes);
        var marks = new MarkedMinutes(framed.MarkedMinutes);
        return reader.ReadAsync(
            Streams.Candles,
            Subjects.ClosedCandlesOf(lease.Partition),
            new StreamPosition((ulong)from.Sequence, from.StreamEpoch),
            async (batch, token) =>
            {
                var marked = false;
                if (batch.Position.StreamCreated != streamEpoch) // its numbers begin anew
                    (streamEpoch, position) = (batch.Position.StreamCreated, new FramePosition(0, new Dictionary<string, long>()));
                foreach (var message in batch.Messages)
                {
                    var isOut = batch.Position.StreamCreated == framed.Checkpoint.StreamEpoch && message.Sequence <= (ulong)framed.Checkpoint.Sequence;
                    if (StoredCandle.TryRead(message, table, out var candle))
                    {
                        position.Closed(candle.Instrument.Exchange, candle.Candle.OpenTime, message.Sequence);
                        if (!isOut) await WaitForUniverseAsync(candle, marks, token);
                        await lane.PutAsync(new LaneItem(LaneItemKind.Stored, lease.Partition, candle, message.Sequence, isOut), token);
                    }
                    else if (SubjectTokens.IsMark(message.Subject))
                    {
                        marked |= await ForwardAsync(lane, lease, message, isOut, position, marks, token);
                    }
                }

                await lane.DoneAsync(token);
                if (!marked) return;
                var (sequence, minutes) = position.Newest();
                reached.TryWrite(new FrameCheckpoints.Reached(new Checkpoint((long)sequence, batch.Position.StreamCreated), minutes));
            },
            stop);
    }

    /// <summary>
    /// Ranks at t need all partitions' frames of t−1. Live they were there for most of a minute; in a replay the partitions
    /// wait here for each other, minute by minute. Only behind our own mark of t−1: without one no set can be complete.
    /// </summary>
    private Task WaitForUniverseAsync(in CandleUpdate candle, MarkedMinutes marks, CancellationToken stop)
    {
        var before = candle.Candle.OpenTime - Timeframe.MinuteMs;
        var exchange = candle.Instrument.Exchange;
        return marks.Of(exchange) == before ? universe.WaitAsync(exchange, before, stop) : Task.CompletedTask;
    }

    private async Task CatchUpAsync(CancellationToken stop)
    {
        try
        {
            await universe.CaughtUp.WaitAsync(CatchUpPatience, time, stop);
        }
        catch (TimeoutException)
        {
            // what was to be read is gone from the stream: ranks begin anew with the next complete minute
        }
    }

    /// <summary>
    /// A mark goes on when the frames of everything before it are in the stream: on their way they may be lost with a connection, and
    /// then come again behind it. The frames of the next minute wait for the set that the marks complete.
    /// </summary>
    private async ValueTask<bool> ForwardAsync(
        CalculationLane lane, PartitionLease lease, StoredMessage message, bool isOut, FramePosition position, MarkedMinutes marks, CancellationToken stop)
    {
        if (BusJson.Read(message.Data.Span, ContractsJson.Default.Mark) is not { } mark) return false;
        if (!marks.TryTake(mark)) return false;
        position.Marked(mark, message.Sequence);
        if (isOut) return true;
        await lane.DoneAsync(stop);
        await stored.FlushAsync(stop);
        var json = JsonSerializer.SerializeToUtf8Bytes(mark with { Epoch = lease.Epoch }, ContractsJson.Default.Mark);
        var subject = Subjects.MetricsMark(lease.Partition, mark.Exchange);
        await stored.PublishAsync(subject, json, $"{subject}:{mark.Minute}", stop);
        return true;
    }
}
