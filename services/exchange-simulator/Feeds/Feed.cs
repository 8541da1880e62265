using CryptoScreener.ExchangeSimulator.Faults;
using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>
/// Everything one venue pushes: forming bars spread evenly over the update period, closing bars at the minute's end, tickers every
/// second. A frame is written once and its bytes go to every subscriber.
/// </summary>
internal sealed class Feed
{
    private const int MinuteMs = MinutePath.MillisecondsPerMinute;
    private const int LongestKline = 1_024;
    private const long CloseDelayMs = 20;
    private readonly Lock _lock = new();
    private readonly Market _market;
    private readonly IWireFormat _format;
    private readonly FaultBoard _faults;
    private readonly FaultyFrames _faultyFrames;
    private readonly TickerFeed _tickers;
    private readonly double _updatesPerMs;
    private readonly LiveInstrument[] _live;
    private readonly HashSet<ClientSocket> _sockets = [];
    private readonly byte[] _kline = new byte[LongestKline];
    private long _minute;
    private long _realMs;
    private double _turns;

    public Feed(Market market, IWireFormat format, FaultBoard faults, double updatesPerSecond)
    {
        _market = market;
        _format = format;
        _faults = faults;
        _faultyFrames = new FaultyFrames(faults);
        _updatesPerMs = updatesPerSecond / 1_000;
        _live = [.. market.Listings.Select(l => new LiveInstrument(l))];
        _tickers = new TickerFeed(_live, format);
        _minute = market.Clock.NowMinute;
        foreach (var live in _live) live.Enter(_minute);
    }

    public IReadOnlyCollection<ClientSocket> Sockets
    {
        get
        {
            lock (_lock) return [.. _sockets];
        }
    }

    public int Subscriptions
    {
        get
        {
            lock (_lock) return _tickers.Topics.Sum(t => t.Subscribers) + _live.Sum(l => l.Subscriptions);
        }
    }

    public void Join(ClientSocket socket)
    {
        lock (_lock) _sockets.Add(socket);
    }

    public void Leave(ClientSocket socket)
    {
        lock (_lock)
        {
            _sockets.Remove(socket);
            foreach (var topic in _tickers.Topics) topic.Unsubscribe(socket);
            foreach (var live in _live)
            {
                live.Ticker.Unsubscribe(socket);
                foreach (var topic in live.Topics) topic.Unsubscribe(socket);
            }
        }
    }

    public Topic Klines(int instrument, Interval interval)
    {
        lock (_lock) return _live[instrument].Topic(interval);
    }

    public Topic Ticker(int instrument) => _live[instrument].Ticker;

    public Topic AllTickers(TickerKind kind) => _tickers[kind];

    public void Subscribe(Topic topic, ClientSocket socket, byte[] prefix, byte[] suffix)
    {
        lock (_lock) topic.Subscribe(socket, prefix, suffix);
    }

    public void Unsubscribe(Topic topic, ClientSocket socket)
    {
        lock (_lock) topic.Unsubscribe(socket);
    }

    /// <summary>The rolling 24 hours of every instrument that trades now.</summary>
    public List<(Instrument Instrument, Bar Day)> Days()
    {
        var days = new List<(Instrument, Bar)>(_live.Length);
        foreach (var live in _live)
        {
            // One at a time: the first request works for a while, and meanwhile updates go on.
            lock (_lock)
                if (live.IsTrading) days.Add((live.Instrument, live.Day(Elapsed(_market.Clock.NowMs))));
        }

        return days;
    }

    /// <summary>Sends what is due. Called by one loop, as often as it likes.</summary>
    public void Advance(long realMs)
    {
        lock (_lock)
        {
            var now = _market.Clock.NowMs;
            var passed = Math.Min(1, (realMs - _realMs) * _updatesPerMs);
            _realMs = realMs;
            while (_minute < now / MinuteMs) CloseMinute(now);
            SendForming(now, passed);
            _tickers.Advance(Elapsed(now), now + _faults.SkewMs, realMs);
            if (!_faultyFrames.IsIdle) _faultyFrames.ReleaseDue(realMs);
            foreach (var socket in _sockets) socket.Flush();
        }
    }

    private int Elapsed(long now) => (int)Math.Clamp(now - (_minute * MinuteMs), 0, MinuteMs - 1);

    private void CloseMinute(long now)
    {
        var closedAt = Math.Min(now, ((_minute + 1) * MinuteMs) + CloseDelayMs);
        foreach (var live in _live)
        {
            if (live.Topics.IsEmpty || !live.IsTrading) continue;
            var total = live.Total;
            foreach (var topic in live.Topics)
                if (topic.Absorb(total, _minute, out var bar) && (bar.Trades > 0 || _format.ClosesQuietBars)) Send(topic, live.Instrument, bar, isClosed: true, closedAt);
        }

        _minute++;
        foreach (var live in _live) live.Enter(_minute);
    }

    /// <summary>Instruments take turns, so that the updates of a period are spread evenly over it.</summary>
    private void SendForming(long now, double share)
    {
        var from = (long)_turns;
        _turns += share * _live.Length;
        var elapsed = Elapsed(now);
        for (var turn = from; turn < (long)_turns; turn++)
        {
            var live = _live[turn % _live.Length];
            if (live.Topics.IsEmpty || !live.IsTrading || !live.TryChanged(elapsed, out var bar)) continue;
            foreach (var topic in live.Topics)
                if (topic.HasSubscribers) Send(topic, live.Instrument, topic.WithForming(bar), isClosed: false, now);
        }
    }

    private void Send(KlineTopic topic, Instrument instrument, Bar bar, bool isClosed, long eventTime)
    {
        if (!topic.HasSubscribers) return;
        var isFaulty = !_faultyFrames.IsIdle;
        if (isFaulty)
        {
            if (_faultyFrames.Swallows(instrument.Symbol, isClosed)) return;
            bar = _faultyFrames.Distort(instrument.Symbol, bar);
        }

        var json = new Utf8Builder(_kline);
        _format.WriteKline(ref json, instrument, topic.Interval, bar, isClosed, eventTime + _faults.SkewMs);
        if (isFaulty) _faultyFrames.Send(topic, instrument.Symbol, json.Written, isClosed, _realMs);
        else topic.Queue(json.Written);
    }
}
