using System.Globalization;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>What a recording knows about each of its instruments: tick and lot sizes, and every state of every minute's bar.</summary>
internal sealed class RecordedMarket
{
    private const int MinutesOfDay = 1_440;
    private readonly Dictionary<string, List<RecordedKline>> _klines = new(StringComparer.Ordinal);

    private RecordedMarket(StreamProtocol protocol) => Protocol = protocol;

    /// <summary>Whose messages they are.</summary>
    public StreamProtocol Protocol { get; }

    public IEnumerable<string> Symbols => _klines.Keys;

    public DateTimeOffset Start { get; private set; } = DateTimeOffset.MaxValue;

    public static RecordedMarket Load(string path)
    {
        RecordedMarket? market = null;
        foreach (var message in RecordedMessage.Read(path))
        {
            if (market is null && Array.Find(StreamProtocol.All, p => p.Klines(message).Any()) is { } protocol) market = new RecordedMarket(protocol);
            market?.Add(message);
        }

        return market ?? throw new SettingsException(
            $"{path} holds no 1m candles; record streams such as {string.Join(" or ", StreamProtocol.All.Select(p => p.Example))}.");
    }

    public (Instrument Instrument, IMinuteSource Source) Replay(string symbol, int index)
    {
        var klines = _klines[symbol];
        var (asset, quote) = Split(symbol);
        var instrument = new Instrument(
            index, symbol, asset, quote, klines.Max(k => Digits(k.Close)), klines.Max(k => Digits(k.Volume)), Number(klines[0].Open), DailyQuote(klines),
            1, 0, TradesHourly: false, ListedAt: 0);
        return (instrument, RecordedMinutes.Create(klines, instrument));
    }

    private void Add(RecordedMessage message)
    {
        foreach (var kline in Protocol.Klines(message))
        {
            if (!_klines.TryGetValue(kline.Symbol, out var klines)) _klines[kline.Symbol] = klines = [];
            klines.Add(kline);
            var open = DateTimeOffset.FromUnixTimeMilliseconds(kline.OpenTime);
            if (open < Start) Start = open;
        }
    }

    private static (string Asset, string Quote) Split(string symbol)
    {
        if (symbol.Split('-') is [var asset, var counter, ..]) return (asset, counter);
        string[] quotes = ["USDT", "USDC", "FDUSD", "BTC", "ETH"];
        var quote = Array.Find(quotes, q => symbol.EndsWith(q, StringComparison.Ordinal) && symbol.Length > q.Length) ?? "";
        return (symbol[..^quote.Length], quote);
    }

    private static int Digits(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : number.Length - point - 1;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double DailyQuote(List<RecordedKline> klines) =>
        klines.Where(k => k.IsClosed).Select(k => Number(k.Quote)).DefaultIfEmpty(1).Average() * MinutesOfDay;
}
