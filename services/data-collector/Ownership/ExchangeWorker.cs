using System.Threading.Channels;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Follows one exchange: its instruments in the partitions that are ours.</summary>
internal sealed class ExchangeWorker(
    IExchange exchange,
    CollectorOptions options,
    ExchangeLane lane,
    FeedSet feeds,
    StallWatchdog watchdog,
    FeedStatusReporter status,
    HoleFiller filler,
    SuccessorAudit audit,
    GapRepair gaps,
    CoverageAuditor auditor,
    MinuteKeeper minutes,
    StartHistory history,
    InstrumentStore instruments,
    WhenAvailable whenAvailable,
    int partitionCount,
    HeartbeatRegistry hearts,
    TimeProvider time,
    ILogger logger)
{
    private const int ParallelBackfills = 8;
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _wanted = [];
    private readonly Dictionary<int, OwnedPartition> _owned = [];

    // A hint that something changed; the truth is in _wanted, so one is enough.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private sealed record OwnedPartition(long Epoch, IReadOnlyList<FollowedInstrument> Instruments, CancellationTokenSource Ending);

    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _first = true;
    private int _warming = 1; // the first reconciliation, before which we do not know

    /// <summary>Everything we own has its history and is live.</summary>
    public bool IsWarm => Volatile.Read(ref _warming) == 0;

    public void Own(PartitionLease lease)
    {
        lock (_lock) _wanted[lease.Partition] = lease.Epoch;
        _changed.Writer.TryWrite(true);
    }

    public void Disown(int partition)
    {
        lock (_lock) _wanted.Remove(partition);
        _changed.Writer.TryWrite(true);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        lane.HoleFound = filler.Ask;
        lane.Doubtful = audit.Ask;
        lane.Lost = minutes.Lost;
        using var heart = hearts.Watch($"lane {exchange.Name}", StuckAfter);
        await Together.RunAsync(stop, token => lane.RunAsync(heart, token), filler.RunAsync, audit.RunAsync, gaps.RunAsync, auditor.RunAsync, watchdog.RunAsync, TickAsync, FollowAsync,
            _failed.Task.WaitAsync, token => status.RunAsync(lane.Clock, token));
    }

    private async Task TickAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TickInterval, time);
        while (await timer.WaitForNextTickAsync(stop)) await lane.PostAsync(minutes.Tick, stop);
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        var listed = await ListAsync(stop);
        try
        {
            await foreach (var _ in _changed.Reader.ReadAllAsync(stop))
            {
                await Task.Delay(Settle, time, stop); // partitions come one by one at a start: open sockets once
                await ReconcileAsync(listed, stop);
            }
        }
        finally
        {
            await feeds.CloseAsync();
        }
    }

    private async Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop)
    {
        var pause = new ReconnectPause();
        while (true)
        {
            try
            {
                var listed = Selection.Of(await exchange.ListAsync(stop), options);
                CollectorLog.Selected(logger, exchange.Name, listed.Count);
                return listed;
            }
            catch (Exception e) when (RestFailure.Is(e, stop))
            {
                var wait = pause.Next();
                CollectorLog.NotReachable(logger, exchange.Name, e.Message, Math.Round(wait.TotalSeconds, 1));
                await Task.Delay(wait, time, stop);
            }
        }
    }

    private async Task ReconcileAsync(IReadOnlyList<ListedInstrument> listed, CancellationToken stop)
    {
        Dictionary<int, long> wanted;
        lock (_lock) wanted = new Dictionary<int, long>(_wanted);
        var lost = _owned.Where(o => wanted.GetValueOrDefault(o.Key, -1) != o.Value.Epoch).ToList();
        var gained = wanted.Where(w => _owned.GetValueOrDefault(w.Key)?.Epoch != w.Value).ToList();
        if (lost.Count + gained.Count == 0) return;
        foreach (var (partition, owned) in lost)
        {
            _owned.Remove(partition);
            await owned.Ending.CancelAsync();
            await lane.PostAsync(() => minutes.Remove(partition), stop);
        }

        foreach (var (partition, epoch) in gained) _owned[partition] = await PrepareAsync(listed, partition, epoch, stop);
        FollowedInstrument[] all = [.. _owned.Values.SelectMany(o => o.Instruments)];
        status.Instruments = all.Length;
        auditor.Followed = all;
        await feeds.FollowAsync(all, stop);
        CollectorLog.Following(logger, exchange.Name, all.Length, _owned.Count);
        Interlocked.Add(ref _warming, gained.Count);
        foreach (var (partition, _) in gained) _ = WarmAsync(partition, _owned[partition], stop);
        if (_first) Interlocked.Decrement(ref _warming);
        _first = false;
    }

    private async Task<OwnedPartition> PrepareAsync(IReadOnlyList<ListedInstrument> listed, int partition, long epoch, CancellationToken stop)
    {
        var ours = listed
            .Select(l => (Listed: l, Id: new InstrumentId(exchange.Name, l.Symbol)))
            .Where(i => Partitioning.Of(i.Id, partitionCount) == partition)
            .ToList();
        await whenAvailable.RunAsync(
            "registering instruments",
            token => instruments.RegisterAsync(
                [.. ours.Select(i => new InstrumentListing(i.Id, i.Listed.BaseAsset, i.Listed.QuoteAsset, InstrumentStatus.Trading))], token),
            stop);
        var ids = await whenAvailable.RunAsync("registering instruments", token => instruments.ResolveAsync([.. ours.Select(i => i.Id)], token), stop);
        return new OwnedPartition(
            epoch,
            [.. ours.Select((o, i) => new FollowedInstrument(o.Id, ids[i], partition, epoch))],
            CancellationTokenSource.CreateLinkedTokenSource(stop));
    }

    private async Task WarmAsync(int partition, OwnedPartition owned, CancellationToken stop)
    {
        try
        {
            var through = await history.EndOfHistoryAsync(exchange, lane, partition, owned.Ending.Token);
            await Parallel.ForEachAsync(
                owned.Instruments,
                new ParallelOptions { MaxDegreeOfParallelism = ParallelBackfills, CancellationToken = owned.Ending.Token },
                async (instrument, token) => await history.LoadAsync(exchange, lane, instrument, through, token));
            // A partition without instruments is marked too: who waits for the whole exchange waits for all of its marks.
            var partitionMinutes = new PartitionMinutes(partition, owned.Epoch, owned.Instruments);
            partitionMinutes.StartMarksAfter(through);
            var inherited = await gaps.InheritedAsync(owned.Instruments, owned.Ending.Token);
            await lane.PostAsync(
                () =>
                {
                    // It may have been taken from us while this waited for its turn.
                    if (!owned.Ending.IsCancellationRequested) minutes.Add(partitionMinutes, inherited);
                },
                owned.Ending.Token);
            CollectorLog.PartitionWarm(logger, exchange.Name, partition, owned.Instruments.Count);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || owned.Ending.IsCancellationRequested)
        {
            // another owns it now
        }
        catch (Exception e)
        {
            _failed.TrySetException(e); // a partition that never warms must not stay ours in silence
        }
        finally
        {
            Interlocked.Decrement(ref _warming);
        }
    }
}
