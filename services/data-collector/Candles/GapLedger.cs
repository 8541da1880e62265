using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Backfill;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Feeds;

namespace CryptoScreener.DataCollector.Candles;

/// <summary>The minutes we know we do not have: announced when found, fetched until the exchange gives them, announced again.</summary>
/// <remarks>Opened on the lane; a loop of its own asks the exchange, and what it gets goes out on the lane.</remarks>
internal sealed class GapLedger(
    IExchange exchange, ExchangeLane lane, FeedPublisher feed, CollectorMetrics metrics, TimeProvider time, ILogger<GapLedger> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>An exchange serves years of 1m candles; what it does not give within this it will not give.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(48);

    private readonly Lock _lock = new();
    private readonly List<Gap> _open = [];

    public void Open(FollowedInstrument instrument, long minute, string cause)
    {
        lock (_lock)
        {
            if (_open.Exists(g => g.Instrument == instrument && g.From <= minute && minute <= g.Through)) return;
            if (_open.Find(g => g.Instrument == instrument && g.Through == minute - Timeframe.MinuteMs) is { } longer)
            {
                longer.Through = minute;
                return;
            }

            _open.Add(new Gap(instrument, minute, cause, time.GetUtcNow()));
        }

        metrics.GapOpened(exchange.Name);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            List<Gap> gaps;
            lock (_lock) gaps = [.. _open];
            foreach (var gap in gaps)
            {
                if (!gap.Announced) await AnnounceAsync(gap, GapState.Found, stop);
                gap.Announced = true;
                if (!await TryRepairAsync(gap, stop)) break; // it fails for all while REST is down: ask again at the next tick
            }
        }
    }

    private async Task<bool> TryRepairAsync(Gap gap, CancellationToken stop)
    {
        var (from, through) = (gap.From, gap.Through);
        try
        {
            var rows = await exchange.CandlesAsync(gap.Instrument.Id.Symbol, Timeframe.OneMinute, from, through, stop);
            if (rows.Count == ((through - from) / Timeframe.MinuteMs) + 1)
            {
                // What does not fit into the buffer is still a gap.
                if (await lane.AskAsync(() => PublishAll(gap.Instrument, rows), stop) && Close(gap, through)) await AnnounceAsync(gap, GapState.Repaired, stop);
            }
            else if (time.GetUtcNow() - gap.FoundAt > GiveUpAfter && Close(gap, through))
            {
                await AnnounceAsync(gap, GapState.Abandoned, stop);
            }

            return true;
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, gap.Instrument.Id, e.Message);
            return false;
        }
    }

    private bool PublishAll(FollowedInstrument instrument, IReadOnlyList<Candle> rows) =>
        rows.All(row => lane.Publish(instrument, row, row.Trades == 0 ? CandleSource.Synthetic : CandleSource.Backfill));

    /// <summary>False when the gap grew meanwhile: the rest stays open.</summary>
    private bool Close(Gap gap, long through)
    {
        lock (_lock)
        {
            if (gap.Through > through)
            {
                gap.From = through + Timeframe.MinuteMs;
                return false;
            }

            _open.Remove(gap);
        }

        metrics.GapClosed(exchange.Name);
        return true;
    }

    private async Task AnnounceAsync(Gap gap, GapState state, CancellationToken stop)
    {
        var id = gap.Instrument.Id;
        var what = new GapEvent(id.Exchange, id.Symbol, gap.First, gap.Through, state, gap.Cause, time.GetUtcNow().ToUnixTimeMilliseconds());
        await feed.SayAsync(id.Exchange, FeedKinds.Gap, what, ContractsJson.Default.GapEvent, stop);
        if (state == GapState.Repaired) CollectorLog.GapRepaired(logger, id, At(gap.First), At(gap.Through));
    }

    private static DateTime At(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(unixMs).UtcDateTime;

    private sealed class Gap(FollowedInstrument instrument, long minute, string cause, DateTimeOffset foundAt)
    {
        public FollowedInstrument Instrument { get; } = instrument;

        public string Cause { get; } = cause;

        public DateTimeOffset FoundAt { get; } = foundAt;

        public long First { get; } = minute;

        public long From { get; set; } = minute;

        public long Through { get; set; } = minute;

        public bool Announced { get; set; }
    }
}
