using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Hosting.Lifecycle;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>
/// Fetches, behind the live data and within half of the weight budget, the bars of every timeframe that the database lacks.
/// What is stored is what is not asked for again, so it may be broken off anywhere and goes on after the next start.
/// </summary>
internal sealed class LongHistory(
    IExchange exchange, CandleReader stored, CandleArchive archive, WhenAvailable whenAvailable, CollectorOptions options, HistoryProgress progress,
    HistoryMetrics metrics, TimeProvider time, ILogger<LongHistory> logger)
{
    private const int Workers = 2;
    private const int BarsPerPage = 1_000; // in memory at once, and lost when it is broken off
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    // Each instrument once, more than an exchange has. When full, whoever adds a partition waits, and nobody waits for him.
    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(16_384) { FullMode = BoundedChannelFullMode.Wait });

    private readonly IReadOnlyList<(Timeframe Timeframe, int Bars)> _plan = HistoryPlan.Of(options);

    private readonly record struct Job(FollowedInstrument Instrument, long LastMinute, bool HasFailed, CancellationToken End);

    private long BarsPerInstrument => _plan.Sum(p => (long)p.Bars);

    /// <param name="lastMinute">Open time of the newest closed minute.</param>
    /// <param name="end">When the instruments are not ours any more.</param>
    public async Task AddAsync(IEnumerable<FollowedInstrument> instruments, long lastMinute, CancellationToken end)
    {
        foreach (var instrument in instruments)
        {
            instrument.HasHistory = _plan.Count == 0;
            if (instrument.HasHistory) continue;
            progress.Expect(BarsPerInstrument);
            await _jobs.Writer.WriteAsync(new Job(instrument, lastMinute, HasFailed: false, end), CancellationToken.None);
        }
    }

    public Task RunAsync(CancellationToken stop) => Together.RunAsync(stop, [ReportAsync, .. Enumerable.Repeat<Func<CancellationToken, Task>>(WorkAsync, Workers)]);

    private async Task WorkAsync(CancellationToken stop)
    {
        await foreach (var job in _jobs.Reader.ReadAllAsync(stop))
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, job.End);
            try
            {
                if (job.Instrument.HasLeft) progress.Forget(BarsPerInstrument);
                else await LoadAsync(job, end.Token);
            }
            catch (Exception) when (job.End.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                progress.Forget(BarsPerInstrument); // another's now, however the last request ended
            }
            catch (Exception e) when (RestFailure.Is(e, end.Token))
            {
                progress.Failed();
                if (!job.HasFailed) CollectorLog.BackfillFailed(logger, job.Instrument.Id.ToString(), e.Message);
                await Task.Delay(RetryPause, time, stop);
                if (!_jobs.Writer.TryWrite(job with { HasFailed = true })) progress.Forget(BarsPerInstrument);
            }
        }
    }

    private async Task LoadAsync(Job job, CancellationToken end)
    {
        var loaded = new List<HistoryPart>();
        var listedSince = 0L;
        Exception? failure = null;
        foreach (var (timeframe, bars) in _plan)
        {
            try
            {
                var (from, through) = HistoryPlan.RangeOf(timeframe, bars, job.LastMinute, listedSince);
                if (from <= through && await FillAsync(job.Instrument, timeframe, from, through, end) is { Candles: > 0 } part) loaded.Add(part);
                listedSince = await ListedSinceAsync(job.Instrument, timeframe, from, through, end) ?? listedSince;
            }
            catch (Exception e) when (RestFailure.Is(e, end))
            {
                failure = e; // one that is refused must not keep the others back
            }
        }

        // At the end, and all at once: whoever keeps state begins it anew for each of them.
        foreach (var part in loaded) await archive.AnnounceAsync(job.Instrument, part.Timeframe, part.From, part.Through, part.Candles, end);
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        job.Instrument.HasHistory = true;
        progress.Passed(BarsPerInstrument);
        progress.InstrumentDone();
    }

    private readonly record struct HistoryPart(Timeframe Timeframe, long From, long Through, int Candles);

    private async Task<HistoryPart> FillAsync(FollowedInstrument instrument, Timeframe timeframe, long from, long through, CancellationToken end)
    {
        var part = new HistoryPart(timeframe, long.MaxValue, 0, 0);
        var missing = await whenAvailable.RunAsync(
            "looking for stored candles", token => stored.MissingAsync(instrument.DatabaseId, timeframe, from, through, token), end);
        foreach (var (first, last) in missing.SelectMany(hole => HistoryPlan.Pages(timeframe, hole.From, hole.Through, BarsPerPage)).OrderByDescending(page => page.From))
        {
            var candles = await exchange.HistoryAsync(instrument.Id.Symbol, timeframe, first, last, end);
            var count = await archive.StoreSilentlyAsync(instrument, timeframe, candles, static (in Candle _) => CandleSource.Backfill, end);
            if (count == 0) continue;
            part = new HistoryPart(timeframe, Math.Min(part.From, candles[0].OpenTime), Math.Max(part.Through, candles[^1].OpenTime), part.Candles + count);
            progress.Stored(count);
            metrics.Stored(count, exchange.Name, timeframe);
        }

        return part;
    }

    /// <summary>Where the exchange had no bars for the beginning of the range, nothing shorter is older than the first it had. Null when the range is whole.</summary>
    private async Task<long?> ListedSinceAsync(FollowedInstrument instrument, Timeframe timeframe, long from, long through, CancellationToken end)
    {
        var coverage = await whenAvailable.RunAsync(
            "looking for stored candles", token => stored.CoverageAsync([instrument.DatabaseId], timeframe, from, through, token), end);
        if (coverage is not [var known]) return through + timeframe.Milliseconds;
        return known.First > from ? known.First : null;
    }

    private async Task ReportAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LogInterval, time);
        var said = progress.Now;
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = progress.Now;
            if (now.Complete && now.InstrumentsDone != said.InstrumentsDone) CollectorLog.HistoryComplete(logger, exchange.Name, now.Instruments, now.Stored);
            else if (!now.Complete) CollectorLog.HistoryProgress(logger, exchange.Name, now.InstrumentsDone, now.Instruments, now.Stored, now.SecondsLeft);
            said = now;
        }
    }
}
