using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Gaps;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>
/// Compares, in slow rounds, what the database holds of the last hours with what the exchange now says, and mends it: an
/// exchange corrects closed candles without telling, and a candle may have been lost where nobody looked. Each round of the
/// minutes takes one of the timeframes above them along.
/// </summary>
internal sealed class CoverageAuditor(
    IExchange exchange, ExchangeLane lane, GapLedger gaps, CandleReader stored, CandleArchive archive, BarAuditor bars, WhenAvailable whenAvailable,
    CollectorOptions options, AuditMetrics metrics, TimeProvider time, ILogger<CoverageAuditor> logger)
{
    /// <summary>The newest minutes are still on their way into the database, or being audited one by one.</summary>
    private const long TooFreshMs = 2 * Timeframe.MinuteMs;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan WhenIdle = TimeSpan.FromSeconds(1);

    /// <summary>What we follow now; set as a whole when it changes.</summary>
    public IReadOnlyList<FollowedInstrument> Followed { get; set; } = [];

    public async Task RunAsync(CancellationToken stop)
    {
        for (var number = 0; ; number = (number + 1) % BarAuditor.Timeframes.Count)
        {
            var round = Followed;
            var pause = round.Count == 0 ? WhenIdle : TimeSpan.FromSeconds(options.AuditRoundSeconds) / round.Count;
            if (round.Count == 0) await Task.Delay(pause, time, stop);
            foreach (var instrument in round)
            {
                await Task.Delay(pause > ShortestPause ? pause : ShortestPause, time, stop);
                if (!ReferenceEquals(round, Followed)) break; // some may be another's now
                await AuditAsync(instrument, BarAuditor.Timeframes[number], stop);
            }
        }
    }

    private async Task AuditAsync(FollowedInstrument instrument, Timeframe above, CancellationToken stop)
    {
        if (!instrument.Gate.IsWarm) return;
        try
        {
            await AuditMinutesAsync(instrument, stop);
            await bars.AuditAsync(instrument, above, stop);
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
        }
    }

    private async Task AuditMinutesAsync(FollowedInstrument instrument, CancellationToken stop)
    {
        var through = Timeframe.OneMinute.OpenOf(lane.Clock.Now) - Timeframe.MinuteMs - TooFreshMs;
        var from = through - (options.AuditMinutes * Timeframe.MinuteMs) + Timeframe.MinuteMs;
        var rows = await exchange.CandlesAsync(instrument.Id.Symbol, Timeframe.OneMinute, from, through + Timeframe.MinuteMs, stop);
        if (rows.Count == 0 || ProvenMinutes.Of(rows, Math.Max(from, rows[0].OpenTime), through) is not { } proven) return;
        var known = new List<Candle>();
        await whenAvailable.RunAsync(
            "auditing stored candles",
            token =>
            {
                known.Clear();
                return stored.ReadAsync(instrument.DatabaseId, Timeframe.OneMinute, from, through, known, token);
            },
            stop);
        await MendAsync(instrument, CandleDifferences.Of(known, proven), stop);
    }

    private async Task MendAsync(FollowedInstrument instrument, IReadOnlyList<Candle> wrong, CancellationToken stop)
    {
        if (wrong.Count == 0) return;
        var newest = lane.Clock.Now - LiveSpan.Milliseconds;
        var history = wrong.Where(c => c.OpenTime < newest).ToList();
        await archive.StoreAsync(instrument, Timeframe.OneMinute, history, static (in Candle _) => CandleSource.Audit, stop);
        foreach (var candle in wrong.Where(c => c.OpenTime >= newest && !gaps.Has(instrument, c.OpenTime)))
            await lane.PostAsync(() => lane.Publish(instrument, candle, CandleSource.Audit), stop);
        metrics.Corrected(wrong.Count);
        CollectorLog.Mended(logger, instrument.Id, wrong.Count, DateTimeOffset.FromUnixTimeMilliseconds(wrong[0].OpenTime).UtcDateTime);
    }
}
