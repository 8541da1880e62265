using CryptoScreener.Contracts.Candles;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Which bars of each timeframe belong to the history we keep. Pure.</summary>
internal static class HistoryPlan
{
    /// <summary>How many bars of which timeframe, the longest first: its bars tell since when an instrument has been traded.</summary>
    public static IReadOnlyList<(Timeframe Timeframe, int Bars)> Of(CollectorOptions options) =>
    [
        .. Timeframe.Default
            .Select(t => (Timeframe: t, Bars: options.HistoryBarsOf.GetValueOrDefault(t.ToString(), options.HistoryBars)))
            .Where(p => p.Bars > 0)
            .OrderByDescending(p => p.Timeframe),
    ];

    public static IEnumerable<string> Errors(CollectorOptions options) => options.HistoryBarsOf
        .Where(p => p.Value < 0 || !Timeframe.Default.Select(t => t.ToString()).Contains(p.Key, StringComparer.Ordinal))
        .Select(p => $"Collector:HistoryBarsOf:{p.Key} = {p.Value} is not a number of bars of one of {string.Join(' ', Timeframe.Default)}.");

    /// <summary>Open times of the first and the last bar that had ended with a minute.</summary>
    /// <param name="lastMinute">Open time of the newest closed minute.</param>
    /// <param name="listedSince">Nothing is older than this; 0 when that is not known.</param>
    public static (long From, long Through) RangeOf(Timeframe timeframe, int bars, long lastMinute, long listedSince)
    {
        var through = timeframe.OpenOf(lastMinute + Timeframe.MinuteMs) - timeframe.Milliseconds;
        var from = through - ((bars - 1) * timeframe.Milliseconds);
        return (Math.Max(from, timeframe.OpenOf(listedSince)), through);
    }

    /// <summary>A hole in pieces of one page each, the newest first: what is nearest to now is worth most.</summary>
    public static IEnumerable<(long From, long Through)> Pages(Timeframe timeframe, long from, long through, int barsPerPage)
    {
        for (var last = through; last >= from; last -= barsPerPage * timeframe.Milliseconds)
            yield return (Math.Max(from, last - ((barsPerPage - 1) * timeframe.Milliseconds)), last);
    }
}
