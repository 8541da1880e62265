using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>
/// Compares stored bars above the minute with the exchange's and mends them. Most are made of minutes, so what is right there is
/// right here, but not all: a bar that the exchange once gave outranks the one that is made again after a minute's correction,
/// and an instrument's first bars lack the minutes before its listing.
/// </summary>
internal sealed class BarAuditor(
    IExchange exchange, ExchangeLane lane, CandleReader stored, CandleArchive archive, WhenAvailable whenAvailable, CollectorOptions options,
    AuditMetrics metrics, ILogger<BarAuditor> logger)
{
    /// <summary>One request of the cheapest kind, on every exchange.</summary>
    private const int BarsAtOnce = 96;

    /// <summary>The newest bar is still being made of its minutes.</summary>
    private const long TooFreshMs = 2 * Timeframe.MinuteMs;

    private readonly Dictionary<Timeframe, int> _kept = HistoryPlan.Of(options).ToDictionary(p => p.Timeframe, p => p.Bars);

    /// <summary>What is audited in turn: a timeframe in each round.</summary>
    public static IReadOnlyList<Timeframe> Timeframes { get; } = [.. Timeframe.Default.Where(t => t > Timeframe.OneMinute)];

    public async Task AuditAsync(FollowedInstrument instrument, Timeframe timeframe, CancellationToken stop)
    {
        if (!instrument.HasHistory) return;
        var through = timeframe.OpenOf(lane.Clock.Now - TooFreshMs) - timeframe.Milliseconds;
        var from = through - ((BarsAtOnce - 1) * timeframe.Milliseconds);
        var known = new List<Candle>();
        await whenAvailable.RunAsync(
            "auditing stored bars",
            token =>
            {
                known.Clear();
                return stored.ReadAsync(instrument.DatabaseId, timeframe, from, through, known, token);
            },
            stop);
        var first = Math.Max(from, FirstKept(timeframe, through, known));
        if (first > through) return;
        var told = await exchange.CandlesAsync(instrument.Id.Symbol, timeframe, first, through, stop);
        var wrong = BarDifferences.Of(known, told);
        if (wrong.Count == 0) return;
        await archive.StoreAsync(instrument, timeframe, wrong, static (in Candle _) => CandleSource.Audit, stop);
        metrics.Corrected(wrong.Count);
        CollectorLog.BarsMended(logger, instrument.Id, wrong.Count, timeframe, DateTimeOffset.FromUnixTimeMilliseconds(wrong[0].OpenTime).UtcDateTime);
    }

    /// <summary>The oldest bar that should be there: of the history we load, of the minutes we load, or of what is stored.</summary>
    private long FirstKept(Timeframe timeframe, long through, List<Candle> known)
    {
        var ofHistory = through - ((_kept.GetValueOrDefault(timeframe) - 1L) * timeframe.Milliseconds);
        var ofMinutes = timeframe.OpenOf(lane.Clock.Now - (options.BackfillHours * 60 * Timeframe.MinuteMs)) + timeframe.Milliseconds;
        return Math.Min(Math.Min(ofHistory, ofMinutes), known.Count == 0 ? long.MaxValue : known[0].OpenTime);
    }
}
