using System.Text.Json;
using System.Threading.Channels;
using CryptoScreener.AlertEngine.RuleBook;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Frames;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Json;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Messaging.Catalogues;
using CryptoScreener.Messaging.Publishing;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.AlertEngine.Evaluation;

/// <summary>Everything we do for a partition while we own it: restore, evaluate until the lease ends, hand over.</summary>
internal sealed class PartitionEvaluation(
    EvaluationLane lane, RulesInForce rules, EngineCheckpoints checkpoints, CoreListener core, StoredReader reader, StoredPublisher feed,
    CatalogueBook catalogues, EngineMetrics metrics, TimeProvider time, ILogger<PartitionEvaluation> logger)
{
    /// <summary>Nobody waits longer for what a successor can do without; a lease that is not renewed meanwhile lasts longer.</summary>
    private static readonly TimeSpan HandOverLimit = TimeSpan.FromSeconds(3);

    public async Task HoldAsync(PartitionLease lease, Action ready, CancellationToken stop)
    {
        await rules.WhenLoadedAsync(stop);
        var (position, saved) = await checkpoints.AdoptAsync(lease, stop);
        EngineLog.PartitionOwned(logger, lease.Partition, lease.Epoch, position.Sequence);
        await lane.OwnAsync(lease.Partition, lease.Epoch, saved, stop);
        ready();
        var handled = position;
        try
        {
            var reached = EngineCheckpoints.NewQueue();
            await Together.RunAsync(
                stop,
                token => HearAsync(lease.Partition, Subjects.LiveMetricsOf(lease.Partition), token),
                token => HearAsync(lease.Partition, Subjects.ClosedMetricsOf(lease.Partition), token),
                token => ReadAsync(lease, position, reached.Writer, through => handled = through, token),
                token => checkpoints.StoreAllAsync(lease, reached.Reader, token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await HandOverAsync(lease, handled);
            throw;
        }
        finally
        {
            await lane.DisownAsync(lease.Partition);
            EngineLog.PartitionLost(logger, lease.Partition);
        }
    }

    /// <summary>
    /// A successor goes on from this moment instead of the last mark: what fired or ended within the minute is not forgotten. What the lane has
    /// seen beyond the position, from the core or of a batch that was cut short, says nothing new when it comes again. A newer owner's epoch
    /// refuses all this.
    /// </summary>
    private async Task HandOverAsync(PartitionLease lease, StreamPosition handled)
    {
        using var patience = new CancellationTokenSource(HandOverLimit, time);
        try
        {
            var states = await lane.SaveAsync(lease.Partition, patience.Token);
            await checkpoints.StoreAsync(lease, new EngineCheckpoints.Reached(handled, states), patience.Token);
        }
        catch (Exception e) when (e is LeaseLostException or ChannelClosedException || patience.IsCancellationRequested)
        {
            EngineLog.NotHandedOver(logger, lease.Partition, e.Message);
        }
    }

    /// <summary>
    /// At the lowest latency, and what is lost here is lost to nobody: the next live frame says more, and a closed one comes from the stream.
    /// So one whose catalogue is still being fetched is passed over.
    /// </summary>
    private Task HearAsync(int partition, string subject, CancellationToken stop)
    {
        var table = new InstrumentTable();
        var marked = new Dictionary<string, long>(StringComparer.Ordinal);
        return core.ListenAsync(
            subject,
            message =>
            {
                if (SubjectTokens.IsMark(message.Subject))
                {
                    if (BusJson.Read(message.Data, ContractsJson.Default.Mark) is { } mark) marked[mark.Exchange] = mark.Minute;
                    return;
                }

                if (!FrameCodec.TryReadHeader(message.Data, out var header, out var count)) return;
                if (catalogues.Find(header.CatalogueHash) is not { } catalogue || catalogue.Count != count) return;
                if (table.Get(SubjectTokens.Exchange(message.Subject), SubjectTokens.Symbol(message.Subject)) is not { } instrument) return;
                // A mark before it says that there is none: what the engine knew meanwhile is for the stream to tell, in its order.
                if (header.IsClosed && marked.TryGetValue(instrument.Exchange, out var over) && header.Minute <= over) return;
                lane.Try(EvaluationItem.Of(partition, instrument, catalogue, header, message.Data, isHeard: header.IsClosed));
            },
            stop);
    }

    private Task ReadAsync(
        PartitionLease lease, StreamPosition from, ChannelWriter<EngineCheckpoints.Reached> reached, Action<StreamPosition> handled, CancellationToken stop)
    {
        var table = new InstrumentTable();
        return reader.ReadAsync(
            Streams.Metrics,
            Subjects.ClosedMetricsOf(lease.Partition),
            from,
            async (batch, token) =>
            {
                // What lies between is gone: nothing can be said of it, and nothing fires for it.
                if (batch.Truncated) await LoseTrackAsync(lease.Partition, batch.Messages[0].Sequence, token);
                var marked = false;
                foreach (var message in batch.Messages)
                {
                    if (!SubjectTokens.IsMark(message.Subject)) await EvaluateAsync(lease.Partition, table, message, token);
                    else marked |= await MarkAsync(lease.Partition, message, token);
                }

                handled(batch.Position);
                if (!marked) return;
                reached.TryWrite(new EngineCheckpoints.Reached(batch.Position, await lane.SaveAsync(lease.Partition, token)));
            },
            stop);
    }

    private async Task LoseTrackAsync(int partition, ulong next, CancellationToken stop)
    {
        EngineLog.EvaluationGap(logger, partition, next);
        metrics.EvaluationGap();
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var (exchange, after) in await lane.LoseTrackAsync(partition, stop))
        {
            var gap = JsonSerializer.SerializeToUtf8Bytes(new EvaluationGapEvent(exchange, partition, after, now), ContractsJson.Default.EvaluationGapEvent);
            await feed.PublishAsync(Subjects.Feed(exchange, FeedKinds.EvaluationGap), gap, $"evaluation-gap:{exchange}:{partition}:{next}", stop);
        }
    }

    private async ValueTask<bool> MarkAsync(int partition, StoredMessage message, CancellationToken stop)
    {
        if (BusJson.Read(message.Data.Span, ContractsJson.Default.Mark) is not { } mark) return false;
        await lane.MarkAsync(partition, mark, stop);
        return true;
    }

    private async ValueTask EvaluateAsync(int partition, InstrumentTable table, StoredMessage message, CancellationToken stop)
    {
        if (!FrameCodec.TryReadHeader(message.Data.Span, out var header, out var count)) return;
        if (await catalogues.TryGetAsync(header.CatalogueHash, stop) is not { } catalogue || catalogue.Count != count) return;
        if (table.Get(SubjectTokens.Exchange(message.Subject), SubjectTokens.Symbol(message.Subject)) is not { } instrument) return;
        rules.For(catalogue); // so that the lane finds them compiled
        await lane.PutAsync(EvaluationItem.Of(partition, instrument, catalogue, header, message.Data.Span), stop);
    }
}
