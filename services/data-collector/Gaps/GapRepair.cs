using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.DataCollector.Gaps;

/// <summary>Asks the exchange for the minutes of the ledger until it gives them.</summary>
internal sealed class GapRepair(
    IExchange exchange, ExchangeLane lane, GapLedger ledger, GapRecords records, CandleArchive archive, CandleReader stored,
    WhenAvailable whenAvailable, TimeProvider time, ILogger<GapRepair> logger)
{
    private const int Parallel = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>An exchange serves years of 1m candles; what it does not give within this it will not give.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(48);

    public Task RunAsync(CancellationToken stop) => Together.RunAsync(stop, AnnounceAsync, RepairAsync);

    /// <summary>At once, whatever the repair waits for: who is killed has told what it knew.</summary>
    private async Task AnnounceAsync(CancellationToken stop)
    {
        await foreach (var _ in ledger.News.ReadAllAsync(stop))
        {
            foreach (var gap in ledger.Open)
            {
                // Those before it may have waited for the bus, and it may have been settled meanwhile.
                if (ledger.Unannounced(gap, found => records.Note(found, GapState.Found)) is not { } found) continue;
                await records.SayAsync(found, stop);
                gap.AnnouncedThrough = found.Through;
            }
        }
    }

    private async Task RepairAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            // Live ones first: history waits for the database, should it be away. What is not announced yet has time.
            await RoundAsync(ledger.Open.Where(gap => gap.AnnouncedThrough == gap.Through).OrderBy(IsHistory).ThenBy(gap => gap.From), stop);
        }
    }

    private async Task RoundAsync(IEnumerable<Gap> gaps, CancellationToken stop)
    {
        var fails = false; // for all while REST is down: ask again at the next tick
        await System.Threading.Tasks.Parallel.ForEachAsync(
            gaps,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stop },
            async (gap, token) =>
            {
                if (!Volatile.Read(ref fails) && !await TryRepairAsync(gap, token)) Volatile.Write(ref fails, true);
            });
    }

    /// <summary>
    /// What the table calls open, and what the last mark called missing, whose sender may have died before the table knew; without
    /// what the database has got meanwhile. Call when history is loaded.
    /// </summary>
    public async Task<IReadOnlyList<Gap>> InheritedAsync(IReadOnlyList<FollowedInstrument> instruments, HistoryEnd end, CancellationToken stop)
    {
        var inherited = new List<Gap>();
        var byId = instruments.ToDictionary(i => i.DatabaseId);
        var rows = await records.OpenOfAsync(byId.Keys, stop);
        var gaps = rows.Select(row => new Gap(byId[row.InstrumentId], row.From, row.Through, row.Cause, DateTimeOffset.FromUnixTimeMilliseconds(row.FoundAt))).ToList();
        foreach (var unnoted in instruments.Where(i => end.Missing.Contains(i.Id.Symbol) && !gaps.Exists(gap => gap.Instrument == i && gap.Holds(end.Through))).ToList())
        {
            var gap = new Gap(unnoted, end.Through, end.Through, "not closed in time", time.GetUtcNow());
            await records.RecordAsync(gap, GapState.Found, stop);
            gaps.Add(gap);
        }

        foreach (var gap in gaps)
        {
            var missing = await whenAvailable.RunAsync(
                "looking for stored candles", token => stored.MissingAsync(gap.Instrument.DatabaseId, Timeframe.OneMinute, gap.From, gap.Through, token), stop);
            if (missing.Count == 0) await records.RecordAsync(gap, GapState.Repaired, stop);
            else inherited.Add(gap);
        }

        return inherited;
    }

    /// <summary>
    /// The last word on what is missing of an instrument that is traded no more: its history has ended, so every row of it is
    /// final, and minutes without one are not to be had.
    /// </summary>
    /// <param name="isBack">It is traded again: then nothing is final.</param>
    /// <returns>False when the exchange did not answer: what is left of it stays open.</returns>
    public async Task<bool> TrySettleDelistedAsync(FollowedInstrument gone, Func<bool> isBack, CancellationToken stop)
    {
        foreach (var gap in ledger.OpenOf(gone))
        {
            if (await LastRows.OfAsync(exchange, gone, gap.From, gap.Through, logger, stop) is not { } rows) return false;
            if (isBack()) return true;
            await archive.StoreAsync(gone, Timeframe.OneMinute, rows, static (in Candle c) => ProvenMinutes.SourceOf(c), stop);
            if (!ledger.Close(gap, gap.Through)) continue;
            var isWhole = rows.Count == 1 + ((gap.Through - gap.From) / Timeframe.MinuteMs);
            await records.RecordAsync(gap, isWhole ? GapState.Repaired : GapState.Abandoned, stop);
        }

        return true;
    }

    private async Task<bool> TryRepairAsync(Gap gap, CancellationToken stop)
    {
        var (from, through) = (gap.From, gap.AnnouncedThrough); // it may have grown while it waited for its turn
        try
        {
            var rows = await exchange.CandlesAsync(
                gap.Instrument.Id.Symbol, Timeframe.OneMinute, from - Timeframe.MinuteMs, through + Timeframe.MinuteMs, stop);
            if (ProvenMinutes.Of(rows, from, through) is { } proven)
            {
                // What does not fit into the buffer towards the bus is still a gap.
                if (await DeliverAsync(gap, proven, stop) && ledger.Close(gap, through)) await RepairedAsync(gap, stop);
            }
            else if (time.GetUtcNow() - gap.FoundAt > GiveUpAfter && ledger.Close(gap, through))
            {
                CollectorLog.GapAbandoned(logger, gap.Instrument.Id, At(gap.First), At(gap.Through));
                await records.RecordAsync(gap, GapState.Abandoned, stop);
            }

            return true;
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, gap.Instrument.Id, e.Message);
            return RestFailure.IsRefusal(e);
        }
    }

    private async Task<bool> DeliverAsync(Gap gap, IReadOnlyList<Candle> proven, CancellationToken stop)
    {
        if (!IsHistory(gap)) return await lane.AskAsync(() => proven.All(c => lane.Publish(gap.Instrument, c, ProvenMinutes.SourceOf(c))), stop);
        await archive.StoreAsync(gap.Instrument, Timeframe.OneMinute, proven, ProvenMinutes.SourceOf, stop);
        return true;
    }

    private async Task RepairedAsync(Gap gap, CancellationToken stop)
    {
        CollectorLog.GapRepaired(logger, gap.Instrument.Id, At(gap.First), At(gap.Through));
        await records.RecordAsync(gap, GapState.Repaired, stop);
    }

    private bool IsHistory(Gap gap) => gap.From < lane.Clock.Now - LiveSpan.Milliseconds;

    private static DateTime At(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;
}
