using System.Text.Json;
using CryptoScreener.ExchangeSimulator.Markets;

namespace CryptoScreener.ExchangeSimulator.Recording;

/// <summary>What a recording knows about each of its instruments: tick and lot sizes, and every state of every minute's bar.</summary>
internal sealed class RecordedMarket
{
    private readonly Dictionary<string, List<JsonElement>> _klines = new(StringComparer.Ordinal);

    private RecordedMarket()
    {
    }

    public IEnumerable<string> Symbols => _klines.Keys;

    public DateTimeOffset Start { get; private set; } = DateTimeOffset.MaxValue;

    public static RecordedMarket Load(string path)
    {
        var market = new RecordedMarket();
        foreach (var (_, message) in RecordedMessage.Read(path)) market.Add(message);
        return market._klines.Count > 0 ? market : throw new SettingsException($"{path} holds no 1m candles; record streams such as btcusdt@kline_1m.");
    }

    public (Instrument Instrument, IMinuteSource Source) Replay(string symbol, int index)
    {
        var klines = _klines[symbol];
        var (asset, quote) = Split(symbol);
        var instrument = new Instrument(
            index, symbol, asset, quote, klines.Max(k => Digits(k, "c")), klines.Max(k => Digits(k, "v")), Number(klines[0], "o"), DailyQuote(klines), 1, 0, TradesHourly: false, ListedAt: 0);
        return (instrument, RecordedMinutes.Create(klines, instrument));
    }

    private void Add(JsonElement message)
    {
        var data = message.TryGetProperty("data", out var wrapped) ? wrapped : message;
        if (!data.TryGetProperty("k", out var kline) || kline.GetProperty("i").GetString() != "1m") return;
        var symbol = kline.GetProperty("s").GetString()!;
        if (!_klines.TryGetValue(symbol, out var klines)) _klines[symbol] = klines = [];
        klines.Add(data.Clone());
        var open = DateTimeOffset.FromUnixTimeMilliseconds(kline.GetProperty("t").GetInt64());
        if (open < Start) Start = open;
    }

    private static (string Asset, string Quote) Split(string symbol)
    {
        string[] quotes = ["USDT", "USDC", "FDUSD", "BTC", "ETH"];
        var quote = Array.Find(quotes, q => symbol.EndsWith(q, StringComparison.Ordinal) && symbol.Length > q.Length) ?? "";
        return (symbol[..^quote.Length], quote);
    }

    private static int Digits(JsonElement data, string name)
    {
        var text = data.GetProperty("k").GetProperty(name).GetString()!;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? 0 : text.Length - point - 1;
    }

    private static double Number(JsonElement data, string name) =>
        double.Parse(data.GetProperty("k").GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static double DailyQuote(List<JsonElement> klines) =>
        klines.Where(k => k.GetProperty("k").GetProperty("x").GetBoolean()).Select(k => Number(k, "q")).DefaultIfEmpty(1).Average() * 1_440;
}
