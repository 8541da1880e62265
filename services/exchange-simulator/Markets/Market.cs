using CryptoScreener.ExchangeSimulator.Clock;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>One venue's instruments and everything that has ever been traded in them, up to the clock's now.</summary>
internal sealed class Market
{
    private readonly Dictionary<string, Listing> _bySymbol;

    public Market(SimulationClock clock, IEnumerable<Listing> listings)
    {
        Clock = clock;
        Listings = [.. listings];
        _bySymbol = Listings.ToDictionary(l => l.Instrument.Symbol, StringComparer.Ordinal);
    }

    public SimulationClock Clock { get; }

    public Listing[] Listings { get; }

    public Listing? Find(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    /// <summary>Up to <paramref name="limit"/> bars in time order that open from <paramref name="from"/> on and not after <paramref name="to"/> (milliseconds).</summary>
    public List<Bar> Oldest(Listing listing, Interval interval, long from, long to, int limit)
    {
        var open = CeilingMinute(interval, Math.Max(from, listing.Instrument.ListedAt - (interval.Minutes * 60_000L) + 1));
        return Read(listing, interval, open, to, limit);
    }

    /// <summary>The last <paramref name="limit"/> bars in time order that open not after <paramref name="to"/> and from <paramref name="from"/> on.</summary>
    public List<Bar> Newest(Listing listing, Interval interval, long from, long to, int limit)
    {
        var last = interval.OpenMinute(Math.Min(to, Clock.NowMs) / MinutePath.MillisecondsPerMinute);
        var first = interval.Add(last, 1 - limit);
        return Oldest(listing, interval, Math.Max(from, first * MinutePath.MillisecondsPerMinute), to, limit);
    }

    private List<Bar> Read(Listing listing, Interval interval, long openMinute, long to, int limit)
    {
        var now = Math.Min(Clock.NowMs, listing.EndsAt);
        var (nowMinute, elapsed) = (now / MinutePath.MillisecondsPerMinute, (int)(now % MinutePath.MillisecondsPerMinute));
        var listedMinute = listing.Instrument.ListedAt / MinutePath.MillisecondsPerMinute;
        var history = listing.OpenHistory();
        var bars = new List<Bar>(Math.Min(limit, 1_500));
        for (; bars.Count < limit && openMinute <= nowMinute && openMinute * MinutePath.MillisecondsPerMinute <= to; openMinute = interval.NextMinute(openMinute))
        {
            var (start, end) = (Math.Max(openMinute, listedMinute), interval.NextMinute(openMinute));
            if (end <= start) continue;
            var bar = end <= nowMinute ? history.Range(start, end) : history.RangeAndForming(start, nowMinute, elapsed);
            bars.Add(bar with { OpenTime = openMinute * MinutePath.MillisecondsPerMinute });
        }

        return bars;
    }

    private static long CeilingMinute(Interval interval, long ms)
    {
        var minute = Math.Max(0, (ms + MinutePath.MillisecondsPerMinute - 1) / MinutePath.MillisecondsPerMinute);
        var open = interval.OpenMinute(minute);
        return open == minute ? open : interval.NextMinute(open);
    }
}
