using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.DataCollector.Ownership;

/// <summary>What becomes of instruments that are traded no more: the last word on their gaps, their status, and the news.</summary>
internal sealed class Delistings(
    IExchange exchange, ExchangeLane lane, InstrumentRegistry registry, GapRepair gaps, GapLedger ledger, TimeProvider time, ILogger<Delistings> logger)
{
    private static readonly TimeSpan Confirmation = TimeSpan.FromSeconds(3);

    public async Task SettleAsync(FollowedInstrument gone, CancellationToken end)
    {
        await gaps.SettleDelistedAsync(gone, end);
        await registry.DelistAsync(gone.Id, end);
        await registry.SayAsync(gone.Id, listed: false, end);
    }

    /// <summary>
    /// What happened while nobody followed a partition, or another did: its gaps of instruments that are not followed any more
    /// become ours, and those of them that were delisted are settled.
    /// </summary>
    /// <param name="followed">What is followed of the partition from now on.</param>
    public async Task CatchUpAsync(OwnedPartition owned, IReadOnlyList<FollowedInstrument> followed, ListedInstruments listed)
    {
        var others = await registry.OthersAsync(exchange.Name, owned, followed, owned.Ended);
        var inherited = await gaps.InheritedAsync(others, new HistoryEnd(0, []), owned.Ended);
        await lane.AskAsync(() => Adopt(owned, inherited), owned.Ended);
        var suspects = others.Where(i => !listed.IsTraded(i.Id.Symbol)).ToList();
        if (suspects.Count == 0) return;
        // Lists have come with pieces missing: what has ended has ended in the next one as well.
        var traded = await TradedAsync(owned.Ended);
        foreach (var gone in suspects.Where(i => !traded.Contains(i.Id.Symbol)))
        {
            CollectorLog.Left(logger, gone.Id, "its exchange trades it no more");
            await SettleAsync(gone, owned.Ended);
        }
    }

    /// <summary>On the lane, where the gaps of a partition that is taken from us are forgotten.</summary>
    private bool Adopt(OwnedPartition owned, IReadOnlyList<Gap> inherited)
    {
        if (owned.Ended.IsCancellationRequested) return false;
        foreach (var gap in inherited) ledger.Adopt(gap);
        return true;
    }

    /// <summary>Waits for a list of which every row makes sense: one that does not may be what is missing.</summary>
    private async Task<HashSet<string>> TradedAsync(CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(Confirmation, time, end);
            try
            {
                var list = await exchange.ListAsync(end);
                if (exchange.UnreadableRows == 0) return [.. list.Select(i => i.Symbol)];
            }
            catch (Exception e) when (RestFailure.Is(e, end))
            {
                CollectorLog.ListFailed(logger, exchange.Name, e.Message);
            }
        }
    }
}
