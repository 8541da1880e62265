using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Feeds;

/// <summary>Tickers, once a second of real time: of all instruments that traded in one message, and of single ones.</summary>
internal sealed class TickerFeed(LiveInstrument[] live, IWireFormat format)
{
    private const long PeriodMs = 1_000;
    private const int LongestTicker = 768;
    private readonly Topic _full = new();
    private readonly Topic _mini = new();
    private readonly List<(Instrument Instrument, Bar Day)> _changed = [];
    private byte[] _room = new byte[LongestTicker];
    private long _sentAt;

    public IEnumerable<Topic> Topics => [_full, _mini];

    public Topic this[TickerKind kind] => kind == TickerKind.Full ? _full : _mini;

    public void Advance(int elapsed, long eventTime, long realMs)
    {
        if (realMs - _sentAt < PeriodMs) return;
        _sentAt = realMs;
        var isForAll = _full.HasSubscribers || _mini.HasSubscribers;
        _changed.Clear();
        foreach (var one in live)
        {
            if ((!isForAll && !one.Ticker.HasSubscribers) || !one.IsTrading || !one.TryChangedDay(elapsed, out var day)) continue;
            _changed.Add((one.Instrument, day));
            if (one.Ticker.HasSubscribers) one.Ticker.Queue(WriteOne(one.Instrument, day, eventTime));
        }

        if (_changed.Count == 0) return;
        if (_full.HasSubscribers) _full.Queue(WriteAll(TickerKind.Full, eventTime));
        if (_mini.HasSubscribers) _mini.Queue(WriteAll(TickerKind.Mini, eventTime));
    }

    private ReadOnlySpan<byte> WriteOne(Instrument instrument, in Bar day, long eventTime)
    {
        var json = new Utf8Builder(_room);
        format.WriteTicker(ref json, TickerKind.Full, instrument, day, eventTime);
        return json.Written;
    }

    private ReadOnlySpan<byte> WriteAll(TickerKind kind, long eventTime)
    {
        if (_room.Length < (_changed.Count + 1) * LongestTicker) _room = new byte[(_changed.Count + 1) * LongestTicker];
        var json = new Utf8Builder(_room);
        json.Raw("["u8);
        for (var i = 0; i < _changed.Count; i++)
        {
            if (i > 0) json.Raw(","u8);
            format.WriteTicker(ref json, kind, _changed[i].Instrument, _changed[i].Day, eventTime);
        }

        json.Raw("]"u8);
        return json.Written;
    }
}
