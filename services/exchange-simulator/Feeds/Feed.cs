using CryptoScreener.ExchangeSimulator.Markets;
using CryptoScreener.ExchangeSimulator.Sockets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>
/// Everything one venue pushes: forming bars spread evenly over the update period, closing bars at the minute's end, all-market
/// tickers every second. A frame is written once and its bytes go to every subscriber.
/// </summary>
internal sealed class Feed
{
    private const int MinuteMs = MinutePath.MillisecondsPerMinute;
    private const int LongestKline = 1_024;
    private const int LongestTicker = 640;
    private const long TickerPeriodMs = 1_000;
    private readonly Lock _lock = new();
    private readonly Market _market;
    private readonly IWireFormat _format;
    private readonly double _updatesPerMs;
    private readonly LiveInstrument[] _live;
    private readonly Dictionary<TickerKind, Topic> _tickers = new() { [TickerKind.Full] = new Topic(), [TickerKind.Mini] = new Topic() };
    private readonly HashSet<ClientSocket> _sockets = [];
    private readonly byte[] _kline = new byte[LongestKline];
    private byte[] _arrays = new byte[LongestTicker];
    private long _minute;
    private double _turns;
    private long _lastRealMs;
    private long _lastTickerMs;

    public Feed(Market market, IWireFormat format, double updatesPerSecond)
    {
        _market = market;
        _format = format;
        _updatesPerMs = updatesPerSecond / 1_000;
        _live = [.. market.Listings.Select(l => new LiveInstrument(l))];
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

    public void Join(ClientSocket socket)
    {
        lock (_lock) _sockets.Add(socket);
    }

    public void Leave(ClientSocket socket)
    {
        lock (_lock)
        {
            _sockets.Remove(socket);
            foreach (var topic in _tickers.Values) topic.Unsubscribe(socket);
            foreach (var live in _live)
                foreach (var topic in live.Topics) topic.Unsubscribe(socket);
        }
    }

    public void SubscribeKline(int instrument, Interval interval, ClientSocket socket, byte[] prefix, byte[] suffix)
    {
        lock (_lock) _live[instrument].Topic(interval).Subscribe(socket, prefix, suffix);
    }

    public void UnsubscribeKline(int instrument, Interval interval, ClientSocket socket)
    {
        lock (_lock) _live[instrument].Topic(interval).Unsubscribe(socket);
    }

    public void SubscribeTickers(TickerKind kind, ClientSocket socket, byte[] prefix, byte[] suffix)
    {
        lock (_lock) _tickers[kind].Subscribe(socket, prefix, suffix);
    }

    public void UnsubscribeTickers(TickerKind kind, ClientSocket socket)
    {
        lock (_lock) _tickers[kind].Unsubscribe(socket);
    }

    /// <summary>The rolling 24 hours of every instrument that trades now.</summary>
    public List<(Instrument Instrument, Bar Day)> Days()
    {
        lock (_lock)
        {
            var elapsed = Elapsed(_market.Clock.NowMs);
            var days = new List<(Instrument, Bar)>(_live.Length);
            foreach (var live in _live)
                if (live.Trades(_minute)) days.Add((live.Instrument, live.Day(elapsed)));
            return days;
        }
    }

    /// <summary>Sends what is due. Called by one loop, as often as it likes.</summary>
    public void Advance(long realMs)
    {
        lock (_lock)
        {
            var now = _market.Clock.NowMs;
            while (_minute < now / MinuteMs) CloseMinute(now);
            SendForming(now, realMs);
            SendTickers(now, realMs);
            foreach (var socket in _sockets) socket.Flush();
        }
    }

    private int Elapsed(long now) => (int)Math.Clamp(now - (_minute * MinuteMs), 0, MinuteMs - 1);

    private void CloseMinute(long now)
    {
        var closedAt = Math.Min(now, ((_minute + 1) * MinuteMs) + 20);
        foreach (var live in _live)
        {
            if (!live.Trades(_minute)) continue;
            var total = live.Total;
            foreach (var topic in live.Topics)
                if (topic.Absorb(total, _minute, out var bar) && bar.Trades > 0) Send(topic, live.Instrument, bar, isClosed: true, closedAt);
        }

        _minute++;
        foreach (var live in _live) live.Enter(_minute);
    }

    /// <summary>Instruments take turns, so that the updates of a period are spread evenly over it.</summary>
    private void SendForming(long now, long realMs)
    {
        var passed = Math.Min(1, (realMs - _lastRealMs) * _updatesPerMs);
        _lastRealMs = realMs;
        var (from, to) = ((long)_turns, (long)(_turns + (passed * _live.Length)));
        _turns += passed * _live.Length;
        var elapsed = Elapsed(now);
        for (var turn = from; turn < to; turn++)
        {
            var live = _live[turn % _live.Length];
            if (live.Topics.IsEmpty || !live.Trades(_minute) || !live.TryChanged(elapsed, out var bar)) continue;
            foreach (var topic in live.Topics)
                if (topic.HasSubscribers) Send(topic, live.Instrument, topic.WithForming(bar), isClosed: false, now);
        }
    }

    private void Send(KlineTopic topic, Instrument instrument, in Bar bar, bool isClosed, long eventTime)
    {
        if (!topic.HasSubscribers) return;
        var json = new Utf8Builder(_kline);
        _format.WriteKline(ref json, instrument, topic.Interval, bar, isClosed, eventTime);
        topic.Queue(json.Written);
    }

    private void SendTickers(long now, long realMs)
    {
        if (realMs - _lastTickerMs < TickerPeriodMs) return;
        _lastTickerMs = realMs;
        if (!_tickers.Values.Any(t => t.HasSubscribers)) return;
        var elapsed = Elapsed(now);
        var changed = new List<(Instrument, Bar)>();
        foreach (var live in _live)
            if (live.Trades(_minute) && live.TryChangedDay(elapsed, out var day)) changed.Add((live.Instrument, day));
        if (changed.Count == 0) return;
        foreach (var (kind, topic) in _tickers)
            if (topic.HasSubscribers) topic.Queue(WriteArray(kind, changed, now));
    }

    private ReadOnlySpan<byte> WriteArray(TickerKind kind, List<(Instrument Instrument, Bar Day)> changed, long now)
    {
        if (_arrays.Length < changed.Count * LongestTicker) _arrays = new byte[changed.Count * LongestTicker];
        var json = new Utf8Builder(_arrays);
        json.Raw("["u8);
        for (var i = 0; i < changed.Count; i++)
        {
            if (i > 0) json.Raw(","u8);
            _format.WriteTicker(ref json, kind, changed[i].Instrument, changed[i].Day, now);
        }

        json.Raw("]"u8);
        return json.Written;
    }
}
