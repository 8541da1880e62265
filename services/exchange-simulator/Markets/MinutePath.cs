namespace CryptoScreener.ExchangeSimulator.Markets;

/// <summary>
/// The trades of one minute as a polyline: between two anchors price moves straight and volume flows evenly, so the bar formed
/// so far is known at every millisecond and its extremes are always anchors.
/// </summary>
internal sealed class MinutePath
{
    private const int UsualAnchors = 16;
    public const long MaxTrades = 99_000;
    public const int MillisecondsPerMinute = 60_000;

    // More than MaxTrades: ids of different minutes never meet.
    private const long TradeIdsPerMinute = 100_000;

    private Anchor[] _anchors = new Anchor[UsualAnchors];
    private int _count;
    private long _openTime;
    private long _lastPrice;
    private double _quotePerTickLot;

    public Bar Total => _count == 0 ? Bar.Flat(_openTime, _lastPrice) : ToBar(_anchors[_count - 1]);

    /// <summary>Begins a minute in which nobody has traded yet and the last price is <paramref name="lastPrice"/>.</summary>
    public void Begin(long minute, long lastPrice, double quotePerTickLot)
    {
        _openTime = minute * MillisecondsPerMinute;
        _lastPrice = lastPrice;
        _quotePerTickLot = quotePerTickLot;
        _count = 0;
    }

    /// <summary>Adds an anchor: by <paramref name="at"/> milliseconds price is there, and so much was traded on the way.</summary>
    public void Add(int at, long price, long lots, long trades, long takerLots)
    {
        if (_count == _anchors.Length) Array.Resize(ref _anchors, _count * 2);
        if (_count == 0)
        {
            var first = (long)Math.Round(lots * price * _quotePerTickLot);
            _anchors[_count++] = new Anchor(at, price, price, price, lots, first, trades, takerLots, Share(first, takerLots, lots));
            return;
        }

        ref readonly var last = ref _anchors[_count - 1];
        var quote = Traded(last.Price, price, lots);
        _anchors[_count++] = new Anchor(
            at,
            price,
            Math.Max(last.High, price),
            Math.Min(last.Low, price),
            last.Lots + lots,
            last.Quote + quote,
            last.Trades + trades,
            last.TakerLots + takerLots,
            last.TakerQuote + Share(quote, takerLots, lots));
    }

    /// <summary>Ends the minute with given quote volumes, for scripts that state them; the way there is stretched to fit.</summary>
    public void Finish(long? quote, long? takerQuote)
    {
        if (_count == 0) return;
        var last = _anchors[_count - 1];
        for (var i = 0; i < _count; i++)
        {
            var anchor = _anchors[i];
            _anchors[i] = anchor with
            {
                Quote = quote is { } q ? Stretch(anchor.Quote, last.Quote, q) : anchor.Quote,
                TakerQuote = takerQuote is { } t ? Stretch(anchor.TakerQuote, last.TakerQuote, t) : anchor.TakerQuote,
            };
        }
    }

    /// <summary>The bar that a subscriber sees <paramref name="elapsed"/> milliseconds into the minute.</summary>
    public Bar At(int elapsed)
    {
        if (_count == 0 || elapsed < _anchors[0].At) return Bar.Flat(_openTime, _lastPrice);
        if (elapsed >= _anchors[_count - 1].At) return Total;
        var next = 1;
        while (_anchors[next].At <= elapsed) next++;
        ref readonly var a = ref _anchors[next - 1];
        ref readonly var b = ref _anchors[next];
        var done = (double)(elapsed - a.At) / (b.At - a.At);
        var price = a.Price + (long)Math.Round((b.Price - a.Price) * done);
        var lots = (long)((b.Lots - a.Lots) * done);
        var taker = (long)((b.TakerLots - a.TakerLots) * done);
        var quote = Math.Min(Traded(a.Price, price, lots), b.Quote - a.Quote);
        return ToBar(new Anchor(
            elapsed,
            price,
            Math.Max(a.High, price),
            Math.Min(a.Low, price),
            a.Lots + lots,
            a.Quote + quote,
            a.Trades + (long)((b.Trades - a.Trades) * done),
            a.TakerLots + taker,
            a.TakerQuote + Share(quote, taker, lots)));
    }

    private long Traded(long from, long to, long lots) => (long)Math.Round(lots * (from + to) * 0.5 * _quotePerTickLot);

    private static long Share(long quote, long part, long whole) => whole == 0 ? 0 : (long)(quote * ((double)part / whole));

    private static long Stretch(long part, long whole, long wanted) => part == whole ? wanted : (long)((double)part / whole * wanted);

    private Bar ToBar(in Anchor a)
    {
        var firstId = _openTime / MillisecondsPerMinute * TradeIdsPerMinute;
        return new Bar(
            _openTime, _anchors[0].Price, a.High, a.Low, a.Price, a.Lots, a.Quote, a.Trades, a.TakerLots, a.TakerQuote, firstId, firstId + a.Trades - 1);
    }

    /// <summary>The minute so far, at one of its anchors.</summary>
    private readonly record struct Anchor(
        int At, long Price, long High, long Low, long Lots, long Quote, long Trades, long TakerLots, long TakerQuote);
}
