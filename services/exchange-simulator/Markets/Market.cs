using CryptoScreener.ExchangeSimulator.Clock;

namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>One venue's instruments and everything that has ever been traded in them, up to the clock's now.</summary>
internal sealed class Market
{
    private const long MinuteMs = MinutePath.MillisecondsPerMinute;
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

    /// <summary>Known to the public: trading, announced, or ended.</summary>
    public static bool IsPublic(Listing listing) => listing.ListedAt != Listing.Never;

    /// <summary>Lists one of the instruments held in reserve; it trades from the next minute on.</summary>
    public bool ListAnother(string? symbol)
    {
        var listing = symbol is null ? Array.Find(Listings, l => l.ListedAt == Listing.Never) : Find(symbol);
        if (listing is not { ListedAt: Listing.Never }) return false;
        listing.ListedAt = NextMinuteMs;
        return true;
    }

    /// <summary>Ends trading with the running minute.</summary>
    public bool Delist(string symbol)
    {
        if (Find(symbol) is not { EndsAt: Listing.Never } listing) return false;
        listing.EndsAt = NextMinuteMs;
        return true;
    }

    private long NextMinuteMs => (Clock.NowMinute + 1) * MinuteMs;

    /// <summary>Up to <paramref name="limit"/> bars in time order that open from <paramref name="from"/> on and not after <paramref name="to"/> (milliseconds).</summary>
    public List<Bar> Oldest(Listing listing, Interval interval, long from, long to, int limit)
    {
        var open = CeilingMinute(interval, Math.Max(from, listing.ListedAt - (interval.Minutes * 60_000L) + 1));
        return Read(listing, interval, open, to, limit);
    }

    /// <summary>The last <paramref name="limit"/> bars in time order that open not after <paramref name="to"/> and from <paramref name="from"/> on.</summary>
    public List<Bar> Newest(Listing listing, Interval interval, long from, long to, int limit)
    {
        var last = interval.OpenMinute(Math.Min(to, Math.Min(Clock.NowMs, listing.EndsAt - 1)) / MinuteMs);
        var first = interval.Add(last, 1 - limit);
        return Oldest(listing, interval, Math.Max(from, first * MinuteMs), to, limit);
    }

    private List<Bar> Read(Listing listing, Interval interval, long openMinute, long to, int limit)
    {
        var now = Clock.NowMs;
        var (nowMinute, elapsed) = (now / MinuteMs, (int)(now % MinuteMs));
        var endsMinute = listing.EndsAt / MinuteMs;
        var history = listing.OpenHistory();
        var bars = new List<Bar>(Math.Min(limit, 1_500));
        for (; bars.Count < limit && openMinute <= nowMinute && openMinute < endsMinute && openMinute * MinuteMs <= to; openMinute = interval.NextMinute(openMinute))
        {
            var (start, end) = (Math.Max(openMinute, listing.ListedMinute), Math.Min(interval.NextMinute(openMinute), endsMinute));
            if (end <= start || start > nowMinute) continue;
            var bar = end <= nowMinute ? history.Range(start, end) : history.RangeAndForming(start, nowMinute, elapsed);
            bars.Add(bar with { OpenTime = openMinute * MinuteMs });
        }

        return bars;
    }

    private static long CeilingMinute(Interval interval, long ms)
    {
        var minute = Math.Max(0, (ms + MinuteMs - 1) / MinuteMs);
        var open = interval.OpenMinute(minute);
        return open == minute ? open : interval.NextMinute(open);
    }
}
