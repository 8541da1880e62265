using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Tapes;

/// <summary>Scripted minutes of one instrument, and constant ones around them.</summary>
internal sealed class TapeMinutes : IMinuteSource
{
    private const int LastAnchorAt = 59_900;
    private const int MostTrades = 10_000;
    private readonly Script[] _minutes;
    private readonly Script _before;
    private readonly Script _after;
    private readonly long _start;
    private readonly double _quotePerTickLot;

    private TapeMinutes(Script[] minutes, Script before, Script after, long start, double quotePerTickLot)
    {
        _minutes = minutes;
        _before = before;
        _after = after;
        _start = start;
        _quotePerTickLot = quotePerTickLot;
    }

    public static TapeMinutes Create(TapeInstrument tape, Instrument instrument, long start)
    {
        var units = new TapeUnits(instrument);
        var before = Constant(tape.History, units);
        var last = before.LastPrice;
        var minutes = new Script[tape.Minutes.Length];
        for (var i = 0; i < minutes.Length; i++) last = (minutes[i] = Read(tape.Minutes[i], units, last, i)).LastPrice;
        var after = Candle(last, last, last, last, before.Lots, before.Trades, before.Lots / 2);
        return new TapeMinutes(minutes, before, after, start, instrument.Tick * instrument.Lot * Bar.QuoteScale);
    }

    public void Fill(long minute, MinutePath path)
    {
        var at = minute - _start;
        var script = at < 0 ? _before : at < _minutes.Length ? _minutes[at] : _after;
        path.Begin(minute, script.LastPrice, _quotePerTickLot);
        foreach (var leg in script.Legs) path.Add(leg.At, leg.Price, leg.Lots, leg.Trades, leg.TakerLots);
        path.Finish(script.Quote, script.TakerQuote);
    }

    public void FillHour(long hour, MinutePath scratch, Span<Bar> bars)
    {
        for (var i = 0; i < bars.Length; i++)
        {
            Fill((hour * bars.Length) + i, scratch);
            bars[i] = scratch.Total;
        }
    }

    private static Script Constant(TapeConstant constant, TapeUnits units)
    {
        var price = units.Ticks(constant.Price);
        var lots = units.Lots(constant.Volume);
        return lots == 0 ? Script.Quiet(price) : Candle(price, price, price, price, lots, constant.Trades, lots / 2);
    }

    private static Script Read(TapeMinute minute, TapeUnits units, long last, int position)
    {
        if (minute.Quiet) return Script.Quiet(last);
        if (minute.Trades is { } trades) return Exact(trades, units, last, position);
        if (minute is not { O: { } o, H: { } h, L: { } l, C: { } c })
            throw new TapeException($"Minute {position} of {units.Symbol} needs o, h, l and c, or trades, or quiet: true.");
        if (h < Math.Max(o, c) || l > Math.Min(o, c)) throw new TapeException($"Minute {position} of {units.Symbol}: h must be the highest and l the lowest of its prices.");
        var lots = units.Lots(minute.V);
        if (lots < 4 || minute.N < 4)
            throw new TapeException($"Minute {position} of {units.Symbol} needs at least 4 trades (n) and 4 lots ({4 * units.Lot}) of volume (v), one for each of open, high, low and close.");
        var taker = minute.TakerV is { } t ? units.Lots(t) : lots / 2;
        return Candle(units.Ticks(o), units.Ticks(h), units.Ticks(l), units.Ticks(c), lots, minute.N, taker) with
        {
            Quote = minute.Q is { } q ? TapeUnits.Quote(q) : null,
            TakerQuote = minute.TakerQ is { } tq ? TapeUnits.Quote(tq) : null,
        };
    }

    private static Script Exact(TapeTrade[] trades, TapeUnits units, long last, int position)
    {
        if (trades.Length == 0) return Script.Quiet(last);
        if (trades.Length > MostTrades) throw new TapeException($"Minute {position} of {units.Symbol} has {trades.Length} trades; at most {MostTrades} fit.");
        var legs = trades.OrderBy(t => t.At).Select(t => new Leg(t.At, units.Ticks(t.Price), units.Lots(t.Quantity), 1, t.TakerBuys ? units.Lots(t.Quantity) : 0)).ToArray();
        // Trades, unlike legs, happen at their own price and not on the way to it.
        var quote = legs.Sum(l => units.Quote(l.Price, l.Lots));
        var takerQuote = legs.Sum(l => units.Quote(l.Price, l.TakerLots));
        return new Script(legs, legs[^1].Price, quote, takerQuote);
    }

    /// <summary>Open, then the extreme farther from the close, then the other one, then the close, a quarter of the volume each.</summary>
    private static Script Candle(long open, long high, long low, long close, long lots, long trades, long takerLots)
    {
        var (first, second) = close >= open ? (low, high) : (high, low);
        var prices = new[] { open, first, second, close };
        var legs = new Leg[prices.Length];
        for (var i = 0; i < legs.Length; i++)
            legs[i] = new Leg(LastAnchorAt * i / 3, prices[i], Part(lots, i), Part(trades, i), Part(takerLots, i));
        return new Script(legs, close, null, null);
    }

    private static long Part(long whole, int quarter) => (whole * (quarter + 1) / 4) - (whole * quarter / 4);

    private readonly record struct Leg(int At, long Price, long Lots, long Trades, long TakerLots);

    private sealed record Script(Leg[] Legs, long LastPrice, long? Quote, long? TakerQuote)
    {
        public long Lots => Legs.Sum(l => l.Lots);

        public long Trades => Legs.Sum(l => l.Trades);

        public static Script Quiet(long price) => new([], price, null, null);
    }
}
