using System.Globalization;
using CryptoScreener.Contracts.Feed;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>What the numbers of a feed mean. Pure.</summary>
internal static class FeedHealth
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DownAfter = TimeSpan.FromSeconds(60);

    public static FeedState StateOf(int instruments, bool hasHeard, TimeSpan silence, int open) =>
        instruments == 0 ? FeedState.Live // nothing of this exchange is ours: nothing can be late
        : silence > DownAfter || (silence > StaleAfter && open == 0) ? FeedState.Down
        : silence > StaleAfter ? FeedState.Stale
        : hasHeard ? FeedState.Live
        : FeedState.Starting;

    /// <summary>Null when all is well.</summary>
    public static string? Explain(FeedState state, int expected, int open, int gaps, CircuitState circuit)
    {
        var reasons = new List<string>();
        if (state is FeedState.Stale or FeedState.Down) reasons.Add("no candles arrive");
        if (open < expected) reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{open} of {expected} connections are open"));
        if (gaps > 0) reasons.Add(string.Create(CultureInfo.InvariantCulture, $"{gaps} gaps are being repaired"));
        if (circuit != CircuitState.Closed) reasons.Add("its REST interface fails and is left alone for a while");
        return reasons.Count == 0 ? null : string.Join("; ", reasons);
    }
}
