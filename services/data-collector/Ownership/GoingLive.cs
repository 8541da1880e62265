using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>Brings what we follow from nothing to live: a whole partition that became ours, or one instrument that was listed meanwhile.</summary>
internal sealed class GoingLive(
    IExchange exchange, ExchangeLane lane, MinuteKeeper minutes, StartHistory history, LongHistory longHistory, GapRepair gaps, TimeProvider time, ILogger logger)
{
    // Of all partitions together: each asks for a connection to the database, of which a worker has twenty, and for a place in the weight budget.
    private const int ParallelBackfills = 16;

    private readonly SemaphoreSlim _places = new(ParallelBackfills);
    private int _left;

    /// <summary>How many instruments of the partitions that are going live still wait for their history.</summary>
    public int Left => Volatile.Read(ref _left);

    /// <summary>Returns where its history ends, and what is listed and has not been traded yet: nothing else waits for it.</summary>
    public async Task<(HistoryEnd End, IReadOnlyCollection<FollowedInstrument> Untraded)> PartitionAsync(OwnedPartition owned)
    {
        var (end, untraded) = await LoadAsync(owned);
        var through = end.Through;
        IReadOnlyList<FollowedInstrument> instruments = [.. owned.Instruments.Except(untraded)];
        // A partition without instruments is marked too: who waits for the whole exchange waits for all of its marks.
        var partitionMinutes = new PartitionMinutes(owned.Number, owned.Epoch, instruments);
        partitionMinutes.StartMarksAfter(through);
        var inherited = await gaps.InheritedAsync(instruments, end, owned.Ended);
        await lane.PostAsync(
            () =>
            {
                // It may have been taken from us while this waited for its turn.
                if (!owned.Ended.IsCancellationRequested) minutes.Add(partitionMinutes, inherited);
            },
            owned.Ended);
        CollectorLog.PartitionWarm(logger, exchange.Name, owned.Number, instruments.Count);
        await longHistory.AddAsync(instruments, through, owned.Ended);
        return (end, untraded);
    }

    /// <summary>Waits for its first trade. Nothing happens when it leaves before that.</summary>
    public async Task NewcomerAsync(OwnedPartition owned, FollowedInstrument newcomer)
    {
        var through = LastClosed;
        var firstTrade = new FirstTrade(exchange, lane, newcomer, time, logger);
        while (!await history.TryLoadAsync(exchange, lane, newcomer, through, owned.Ended))
        {
            await firstTrade.WaitAsync(owned.Ended);
            if (newcomer.HasLeft) return;
            through = LastClosed;
        }

        // It may have been followed before, by us or by another.
        var inherited = await gaps.InheritedAsync([newcomer], new HistoryEnd(through, []), owned.Ended);
        await lane.PostAsync(
            () =>
            {
                if (!owned.Ended.IsCancellationRequested && !newcomer.HasLeft) minutes.Join(newcomer, inherited);
            },
            owned.Ended);
        await longHistory.AddAsync([newcomer], through, owned.Ended);
    }

    private async Task<(HistoryEnd End, IReadOnlyCollection<FollowedInstrument> Untraded)> LoadAsync(OwnedPartition owned)
    {
        var untraded = new ConcurrentBag<FollowedInstrument>();
        var left = owned.Instruments.Count;
        Interlocked.Add(ref _left, left);
        try
        {
            var end = await history.EndOfHistoryAsync(exchange, lane, owned.Number, owned.Ended);
            await Parallel.ForEachAsync(
                owned.Instruments,
                // All of it queues at once: places go in turn, so that this partition is live before the next one takes them.
                new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, left), CancellationToken = owned.Ended },
                async (instrument, token) =>
                {
                    await _places.WaitAsync(token);
                    try
                    {
                        if (!await history.TryLoadAsync(exchange, lane, instrument, end.Through, token)) untraded.Add(instrument);
                    }
                    finally
                    {
                        _places.Release();
                    }

                    Interlocked.Decrement(ref left);
                    Interlocked.Decrement(ref _left);
                });
            return (end, untraded);
        }
        finally
        {
            Interlocked.Add(ref _left, -left); // of a partition that was taken from us meanwhile
        }
    }

    private long LastClosed => Timeframe.OneMinute.OpenOf(lane.Clock.Now) - Timeframe.MinuteMs;
}
