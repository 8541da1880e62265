namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>The way through one minute: a small walk tied to the prices at both ends, rarely with a flash wick.</summary>
internal readonly ref struct MinuteWalk(long minute, ulong key, long trades, long lots, double takerShare)
{
    public const int MaxSegments = 12;
    private const double WickChance = 1 / 4000.0;
    private const double DownwardShare = 0.6;
    private const int LatestFirstTrade = 50_000;
    private const int LongestLastPause = 900;
    private readonly int _segments = (int)Math.Min(MaxSegments, trades - 1);

    public void Run(long open, long close, double change, MinutePath path)
    {
        Span<double> offsets = stackalloc double[MaxSegments + 1];
        Span<double> flow = stackalloc double[MaxSegments + 1];
        Draw(0.35 * (Math.Abs(change) + 0.0004), offsets, flow);
        var firstAt = trades > MaxSegments ? 0 : (int)(Mix.Uniform(key, Counter(3)) * LatestFirstTrade);
        var lastAt = MinutePath.MillisecondsPerMinute - 1 - (int)(Mix.Bits(key, Counter(4)) % LongestLastPause);
        var (doneLots, doneTrades, doneTaker) = (0L, 0L, 0L);
        for (var i = 0; i <= _segments; i++)
        {
            var share = i == _segments ? 1 : flow[i] / flow[_segments];
            // The first trade and every segment get one trade and one lot each before the rest is shared out.
            var allLots = i + 1 + (long)((lots - _segments - 1) * share);
            var allTrades = i + 1 + (long)((trades - _segments - 1) * share);
            var allTaker = (long)(allLots * takerShare);
            var at = firstAt + (int)((long)(lastAt - firstAt) * i / _segments);
            path.Add(at, Price(i, open, close, offsets[i]), allLots - doneLots, allTrades - doneTrades, allTaker - doneTaker);
            (doneLots, doneTrades, doneTaker) = (allLots, allTrades, allTaker);
        }
    }

    private long Price(int anchor, long open, long close, double offset)
    {
        if (anchor == 0) return open;
        if (anchor == _segments) return close;
        var straight = open + ((close - open) * (double)anchor / _segments);
        return Math.Max(1, (long)Math.Round(straight * (1 + offset)));
    }

    private void Draw(double step, Span<double> offsets, Span<double> flow)
    {
        var (walked, flowed, bits) = (0.0, 0.0, 0UL);
        for (var i = 0; i <= _segments; i++)
        {
            bits = (i & 1) == 0 ? Mix.Bits(~key, Counter(i >> 1)) : bits >> 32;
            if (i > 0) walked += step * (((bits & 0xFFFF) / 32768.0) - 1);
            offsets[i] = walked;
            flow[i] = flowed += 0.3 + (((bits >> 16) & 0xFFFF) / 65536.0);
        }

        for (var i = 1; i <= _segments; i++) offsets[i] -= walked * i / _segments;
        var chance = Mix.Uniform(key, Counter(5));
        if (_segments < MaxSegments || chance >= WickChance) return;
        var depth = 0.02 + (0.02 * chance / WickChance);
        offsets[1 + (int)(bits % (MaxSegments - 1))] += chance < WickChance * DownwardShare ? -depth : depth;
    }

    private long Counter(int purpose) => (minute * 8) + purpose;
}
