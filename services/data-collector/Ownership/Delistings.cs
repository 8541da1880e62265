using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>What becomes of instruments that are traded no more: the last word on their gaps, their status, and the news.</summary>
internal sealed class Delistings(
    IExchange exchange, InstrumentList list, ExchangeLane lane, InstrumentRegistry registry, EndedHistory history, GapRepair gaps, GapLedger ledger, TimeProvider time,
    ILogger<Delistings> logger)
{
    /// <summary>The partitions of a start are gained together: one list confirms for all of them.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlySet<string>? _traded;
    private long _tradedAt;

    public async Task SettleAsync(FollowedInstrument gone, CancellationToken end)
    {
        var pause = new ReconnectPause();
        while (!await TrySettleAsync(gone, end)) await Task.Delay(pause.Next(), time, end);
    }

    /// <summary>
    /// What happened while nobody followed a partition, or another did: its gaps of instruments that are not followed any more
    /// become ours, and those of them that were delisted are settled, with the minutes that nobody has noted as missing.
    /// </summary>
    /// <param name="followed">What is followed of the partition from now on.</param>
    /// <param name="end">With what the last mark called missing: its sender may have died before the table knew.</param>
    public async Task CatchUpAsync(OwnedPartition owned, IReadOnlyList<FollowedInstrument> followed, HistoryEnd end, ListedInstruments listed)
    {
        var others = await registry.OthersAsync(exchange.Name, owned, followed, owned.Ended);
        var inherited = await gaps.InheritedAsync(others, end, owned.Ended);
        await lane.AskAsync(() => Adopt(owned, inherited), owned.Ended);
        var suspects = others.Where(i => !listed.IsTraded(i.Id.Symbol)).ToList();
        if (suspects.Count == 0) return;
        if (await ConfirmedAsync(suspects, owned.Ended) is not { } traded) return;
        var delisted = suspects.Where(i => !traded.Contains(i.Id.Symbol)).ToList();
        foreach (var gone in delisted) CollectorLog.Left(logger, gone.Id, "its exchange trades it no more");
        if (delisted.Count > 0) await EndAsync(delisted, owned.Ended);
    }

    /// <summary>One of which the exchange only fails keeps no other waiting: it is asked for again behind them, and at the next start, as nothing calls it delisted before.</summary>
    private async Task EndAsync(List<FollowedInstrument> delisted, CancellationToken end)
    {
        var last = await history.LastMinuteAsync(lane.Clock, end);
        for (var pause = new ReconnectPause(); ; await Task.Delay(pause.Next(), time, end))
        {
            var late = new List<FollowedInstrument>();
            foreach (var gone in delisted)
                if (!await history.TryLoadAsync(exchange, gone, last, () => IsBack(gone), end) || !await TrySettleAsync(gone, end)) late.Add(gone);
            if (late.Count == 0) return;
            delisted = late;
        }
    }

    /// <summary>False when the exchange did not answer.</summary>
    private async Task<bool> TrySettleAsync(FollowedInstrument gone, CancellationToken end)
    {
        if (!await gaps.TrySettleDelistedAsync(gone, () => IsBack(gone), end)) return false;
        if (IsBack(gone)) return true; // its last rows came after its return
        await registry.DelistAsync(gone.Id, end);
        await registry.SayAsync(gone.Id, listed: false, end);
        return true;
    }

    private bool IsBack(FollowedInstrument gone) => list.Now.IsTraded(gone.Id.Symbol);

    /// <summary>On the lane, where the gaps of a partition that is taken from us are forgotten.</summary>
    private bool Adopt(OwnedPartition owned, IReadOnlyList<Gap> inherited)
    {
        if (owned.Ended.IsCancellationRequested) return false;
        foreach (var gap in inherited) ledger.Adopt(gap);
        return true;
    }

    /// <summary>What is traded by a second list; null when that is not to be trusted, and then nothing is called delisted until the next start.</summary>
    private async Task<IReadOnlySet<string>?> ConfirmedAsync(IReadOnlyList<FollowedInstrument> suspects, CancellationToken end)
    {
        await _turn.WaitAsync(end);
        try
        {
            // What was traded then may be delisted since: a list that came before the suspicion clears nobody.
            if (_tradedAt != 0 && time.GetElapsedTime(_tradedAt) < Fresh && _traded?.Overlaps(suspects.Select(i => i.Id.Symbol)) != true) return _traded;
            await Task.Delay(InstrumentList.Confirmation, time, end);
            var traded = await TradedAsync(end);
            (_traded, _tradedAt) = (await IsPlausibleAsync(traded, end) ? traded : null, time.GetTimestamp());
            return _traded;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<HashSet<string>> TradedAsync(CancellationToken end)
    {
        for (var pause = new ReconnectPause(); ; await Task.Delay(pause.Next(), time, end))
        {
            try
            {
                return [.. (await exchange.ListAsync(end)).Select(i => i.Symbol)];
            }
            catch (Exception e) when (RestFailure.Is(e, end))
            {
                CollectorLog.ListFailed(logger, exchange.Name, e.Message);
            }
        }
    }

    /// <summary>Rows that make no sense may be what is missing; and of what we know most does not end while we are away.</summary>
    private async Task<bool> IsPlausibleAsync(HashSet<string> traded, CancellationToken end)
    {
        if (exchange.UnreadableRows > 0) return false;
        var known = await registry.TradedAsync(exchange.Name, end);
        var gone = known.Count(symbol => !traded.Contains(symbol));
        if (!InstrumentList.IsMistake(gone, known.Count)) return true;
        CollectorLog.ListDoubted(logger, exchange.Name, gone, known.Count);
        return false;
    }
}
