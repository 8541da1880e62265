using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>One instrument in the running minute. Touched only under the feed's lock.</summary>
internal sealed class LiveInstrument(Listing listing)
{
    private readonly MinutePath _path = new();
    private readonly RollingDay _day = new(listing);
    private KlineTopic[] _topics = [];
    private long _minute = -1;
    private long _loadedMinute = -1;
    private int _loadedRevision = -1;
    private long _sentTrades;
    private long _tickerTrades;

    public Instrument Instrument => listing.Instrument;

    public Topic Ticker { get; } = new();

    /// <summary>The intervals somebody asked for at least once.</summary>
    public ReadOnlySpan<KlineTopic> Topics => _topics;

    public int Subscriptions => Ticker.Subscribers + _topics.Sum(t => t.Subscribers);

    public bool IsTrading => listing.Trades(_minute);

    public Bar Total => Path.Total;

    /// <summary>Computed when first needed: most instruments of most venues have no listener.</summary>
    private MinutePath Path
    {
        get
        {
            var revision = listing.Revision;
            if (_loadedMinute == _minute && _loadedRevision == revision) return _path;
            listing.Source.Fill(_minute, _path);
            (_loadedMinute, _loadedRevision) = (_minute, revision);
            return _path;
        }
    }

    public void Enter(long minute)
    {
        _minute = minute;
        _sentTrades = 0;
        _tickerTrades = 0;
    }

    /// <summary>The bar so far, when it has traded since the last time this was asked.</summary>
    public bool TryChanged(int elapsed, out Bar bar)
    {
        bar = Path.At(elapsed);
        if (bar.Trades == _sentTrades) return false;
        _sentTrades = bar.Trades;
        return true;
    }

    /// <summary>The rolling day, when something traded since the last time this was asked.</summary>
    public bool TryChangedDay(int elapsed, out Bar day)
    {
        var forming = Path.At(elapsed);
        day = default;
        if (forming.Trades == _tickerTrades) return false;
        _tickerTrades = forming.Trades;
        day = _day.With(forming, _minute);
        return true;
    }

    public Bar Day(int elapsed) => _day.With(Path.At(elapsed), _minute);

    public KlineTopic Topic(Interval interval)
    {
        foreach (var known in _topics)
            if (known.Interval == interval) return known;
        var topic = new KlineTopic(interval);
        var start = Math.Max(interval.OpenMinute(_minute), listing.ListedMinute);
        if (start < _minute) topic.Start(listing.OpenHistory().Range(start, _minute));
        _topics = [.. _topics, topic];
        return topic;
    }
}
