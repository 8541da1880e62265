using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>One instrument in the running minute. Touched only under the feed's lock.</summary>
internal sealed class LiveInstrument(Listing listing)
{
    private readonly KlineTopic?[] _topics = new KlineTopic?[Interval.All.Length];
    private readonly MinutePath _path = new();
    private readonly RollingDay _day = new(listing);
    private KlineTopic[] _started = [];
    private long _sentTrades;
    private long _tickerTrades;
    private long _minute = -1;

    public Instrument Instrument => listing.Instrument;

    public bool Trades(long minute) =>
        minute * MinutePath.MillisecondsPerMinute >= listing.Instrument.ListedAt && minute * MinutePath.MillisecondsPerMinute < listing.EndsAt;

    public ReadOnlySpan<KlineTopic> Topics => _started;

    public Bar Total => _path.Total;

    public void Enter(long minute)
    {
        listing.Source.Fill(minute, _path);
        _minute = minute;
        _sentTrades = 0;
        _tickerTrades = 0;
    }

    public Bar At(int elapsed) => _path.At(elapsed);

    /// <summary>The bar so far, when it has traded since the last time this was asked.</summary>
    public bool TryChanged(int elapsed, out Bar bar)
    {
        bar = _path.At(elapsed);
        if (bar.Trades == _sentTrades) return false;
        _sentTrades = bar.Trades;
        return true;
    }

    /// <summary>The rolling day, when something traded since the last time this was asked.</summary>
    public bool TryChangedDay(int elapsed, out Bar day)
    {
        var forming = _path.At(elapsed);
        day = default;
        if (forming.Trades == _tickerTrades) return false;
        _tickerTrades = forming.Trades;
        day = _day.With(forming, _minute);
        return true;
    }

    public Bar Day(int elapsed) => _day.With(_path.At(elapsed), _minute);

    public KlineTopic Topic(Interval interval)
    {
        if (_topics[interval.Index] is { } known) return known;
        var topic = new KlineTopic(interval);
        var start = Math.Max(interval.OpenMinute(_minute), listing.Instrument.ListedAt / MinutePath.MillisecondsPerMinute);
        if (start < _minute) topic.Start(listing.OpenHistory().Range(start, _minute));
        _topics[interval.Index] = topic;
        _started = [.. _started, topic];
        return topic;
    }
}
