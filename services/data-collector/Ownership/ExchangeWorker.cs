using System.Threading.Channels;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Storage.Ownership;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Follows one exchange: its instruments in the partitions that are ours.</summary>
internal sealed class ExchangeWorker(
    IExchange exchange,
    ExchangeLane lane,
    InstrumentList list,
    InstrumentRegistry registry,
    FeedSet feeds,
    StallWatchdog watchdog,
    FeedStatusReporter status,
    HoleFiller filler,
    SuccessorAudit audit,
    GapRepair gaps,
    CoverageAuditor auditor,
    FormingLookUp forming,
    MinuteKeeper minutes,
    LongHistory longHistory,
    GoingLive goingLive,
    Delistings delistings,
    HeartbeatRegistry hearts,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(300);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _wanted = [];
    private readonly Dictionary<int, OwnedPartition> _owned = [];

    // A hint that something changed; the truth is in _wanted and in the list, so one is enough.
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _first = true;
    private int _warming = 1; // the first reconciliation, before which we do not know

    /// <summary>Everything we own has its history and is live.</summary>
    public bool IsWarm => Volatile.Read(ref _warming) == 0;

    /// <summary>How many instruments still wait for their history before they go live.</summary>
    public int InstrumentsLeft => goingLive.Left;

    public void Own(PartitionLease lease)
    {
        lock (_lock) _wanted[lease.Partition] = lease.Epoch;
        Changed();
    }

    /// <summary>When this returns nothing more of the partition is handed to the bus, so that it may be given back; what works for it ends soon after.</summary>
    public void Disown(PartitionLease lease)
    {
        lane.Mute(lease.Partition, lease.Epoch);
        lock (_lock) _wanted.Remove(lease.Partition);
        Changed();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        lane.HoleFound = filler.Ask;
        lane.Doubtful = audit.Ask;
        lane.Lost = minutes.Lost;
        minutes.Incomplete = list.Doubt;
        using var heart = hearts.Watch($"lane {exchange.Name}", StuckAfter);
        await Together.RunAsync(stop, token => lane.RunAsync(heart, token), filler.RunAsync, audit.RunAsync, gaps.RunAsync, auditor.RunAsync, forming.RunAsync, watchdog.RunAsync, TickAsync, FollowAsync,
            longHistory.RunAsync, _failed.Task.WaitAsync, token => status.RunAsync(lane.Clock, token));
    }

    private void Changed() => _changed.Writer.TryWrite(true);

    private async Task TickAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TickInterval, time);
        while (await timer.WaitForNextTickAsync(stop)) await lane.PostAsync(minutes.Tick, stop);
    }

    private async Task FollowAsync(CancellationToken stop)
    {
        await list.StartAsync(stop);
        await Together.RunAsync(stop, token => list.RunAsync(Changed, token), ReconcileAlwaysAsync);
    }

    private async Task ReconcileAlwaysAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var _ in _changed.Reader.ReadAllAsync(stop))
            {
                await Task.Delay(Settle, time, stop); // partitions come one by one at a start: open sockets once
                await ReconcileAsync(list.Now, stop);
            }
        }
        finally
        {
            await feeds.CloseAsync();
        }
    }

    private async Task ReconcileAsync(ListedInstruments listed, CancellationToken stop)
    {
        Dictionary<int, long> wanted;
        lock (_lock) wanted = new Dictionary<int, long>(_wanted);
        var lost = _owned.Values.Where(o => wanted.GetValueOrDefault(o.Number, -1) != o.Epoch).ToList();
        foreach (var owned in lost)
        {
            _owned.Remove(owned.Number);
            foreach (var instrument in owned.Instruments) instrument.HasLeft = true;
            await owned.EndAsync();
            await lane.PostAsync(() => minutes.Remove(owned.Number), stop);
        }

        var gained = new List<OwnedPartition>();
        foreach (var (number, epoch) in wanted.Where(w => !_owned.ContainsKey(w.Key)))
        {
            var owned = _owned[number] = new OwnedPartition(number, epoch, stop);
            owned.Instruments = await registry.RegisterAsync(exchange.Name, registry.OfPartition(exchange.Name, listed.Selected, number), owned, stop);
            gained.Add(owned);
        }

        var changed = lost.Count + gained.Count > 0;
        foreach (var owned in _owned.Values.Where(o => o.IsWarm)) changed |= await RefreshAsync(owned, listed, stop);
        // Beside the sockets: quiet ones are waited for, and minutes of what is ours now pass meanwhile.
        Interlocked.Add(ref _warming, gained.Count);
        foreach (var owned in gained) _ = WarmAsync(owned, listed);
        if (changed) await FollowAsync([.. _owned.Values.SelectMany(o => o.Instruments)], stop);
        if (_first) Interlocked.Decrement(ref _warming);
        _first = false;
    }

    private async Task FollowAsync(FollowedInstrument[] all, CancellationToken stop)
    {
        status.Instruments = all.Length;
        auditor.Followed = all;
        await feeds.FollowAsync(all, stop);
        CollectorLog.Following(logger, exchange.Name, all.Length, _owned.Count);
    }

    /// <summary>What came and went in a partition that we keep. True when something did.</summary>
    private async Task<bool> RefreshAsync(OwnedPartition owned, ListedInstruments listed, CancellationToken stop)
    {
        var ours = registry.OfPartition(exchange.Name, listed.Selected, owned.Number);
        var gone = owned.Instruments.ExceptBy(ours.Select(o => o.Symbol), i => i.Id.Symbol).ToList();
        var come = ours.ExceptBy(owned.Instruments.Select(i => i.Id.Symbol), o => o.Symbol).ToList();
        if (gone.Count + come.Count == 0) return false;
        foreach (var instrument in gone) await LeaveAsync(owned, instrument, isTraded: listed.IsTraded(instrument.Id.Symbol), stop);
        var newcomers = await registry.RegisterAsync(exchange.Name, come, owned, stop);
        owned.Instruments = [.. owned.Instruments.Except(gone), .. newcomers];
        foreach (var newcomer in newcomers)
        {
            CollectorLog.Joined(logger, newcomer.Id);
            await registry.SayAsync(newcomer.Id, listed: true, stop);
            _ = NewcomerAsync(owned, newcomer);
        }

        return true;
    }

    private async Task LeaveAsync(OwnedPartition owned, FollowedInstrument gone, bool isTraded, CancellationToken stop)
    {
        gone.HasLeft = true;
        CollectorLog.Left(logger, gone.Id, isTraded ? "others are traded more" : "its exchange trades it no more");
        await lane.AskAsync(
            () =>
            {
                minutes.Leave(gone);
                return true;
            },
            stop);
        if (isTraded) await registry.SayAsync(gone.Id, listed: false, stop);
        else _ = WorkAsync(owned, () => delistings.SettleAsync(gone, owned.Ended));
    }

    private async Task WarmAsync(OwnedPartition owned, ListedInstruments listed)
    {
        var (followed, history) = (owned.Instruments, new HistoryEnd(0, []));
        await WorkAsync(owned, async () =>
        {
            (history, var untraded) = await goingLive.PartitionAsync(owned);
            foreach (var newcomer in untraded) _ = NewcomerAsync(owned, newcomer);
            owned.IsWarm = true;
            Changed(); // the list may have changed meanwhile
        });
        Interlocked.Decrement(ref _warming);
        await WorkAsync(owned, () => delistings.CatchUpAsync(owned, followed, history, listed));
    }

    private Task NewcomerAsync(OwnedPartition owned, FollowedInstrument newcomer) => WorkAsync(owned, () => goingLive.NewcomerAsync(owned, newcomer));

    /// <summary>Beside the reconciliation. A partition of which something fails must not stay ours in silence.</summary>
    private async Task WorkAsync(OwnedPartition owned, Func<Task> workAsync)
    {
        try
        {
            await owned.WhileOursAsync(workAsync);
        }
        catch (Exception e)
        {
            _failed.TrySetException(e);
        }
    }
}
