using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Exchanges.Binance;

/// <summary>One of Binance's markets: USD-M perpetual futures, or spot.</summary>
internal sealed class BinanceExchange : IExchange
{
    private const int NamesPerSubscribe = 200;

    private readonly BinanceRest _rest;
    private readonly BinanceRest _history;

    public BinanceExchange(BinanceMarket market, ExchangeOptions options, HttpClient http, TimeProvider time, SharedWeight? shared = null)
    {
        var budget = new WeightBudget((int)(market.WeightPerMinute * options.WeightShare), time, shared: shared, whole: market.WeightPerMinute);
        var calls = new RestCalls(http, options.RestUrl ?? market.RestUrl, budget, time, spentHeader: "X-MBX-USED-WEIGHT-1M");
        (_rest, _history) = (new BinanceRest(market, calls), new BinanceRest(market, calls.Spare()));
        StreamUri = new Uri((options.StreamUrl ?? market.StreamUrl).TrimEnd('/') + market.StreamPath);
        Name = market.Name;
        IsSimulated = options.Simulated;
    }

    public string Name { get; }

    public bool IsSimulated { get; }

    /// <summary>1,024 streams are allowed; fewer keep a lost connection cheap.</summary>
    public int InstrumentsPerSocket => 200;

    public Uri StreamUri { get; }

    /// <summary>Written for spot; nothing says that futures allow more.</summary>
    public ConnectionLimit ConnectionLimit { get; } = new(300, TimeSpan.FromMinutes(5));

    public KeepAlive? KeepAlive => null;

    public ReadOnlyMemory<byte> Question { get; } = """{"method":"LIST_SUBSCRIPTIONS","id":0}"""u8.ToArray();

    public int UnreadableRows => _rest.Unreadable;

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => _rest.ListAsync(stop);

    public Task<long> TimeAsync(CancellationToken stop) => _rest.TimeAsync(stop);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _rest.CandlesAsync(symbol, timeframe, from, through, stop);

    public Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _history.CandlesAsync(symbol, timeframe, from, through, stop);

    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) => symbols
        .Chunk(NamesPerSubscribe)
        .Select((names, i) => $$"""{"method":"SUBSCRIBE","params":[{{string.Join(',', names.Select(Stream))}}],"id":{{i + 1}}}""");

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline) =>
        BinanceKlineParser.Parse(frame, symbols, out kline);

    /// <summary>Names must be lower case: others are acknowledged and stay silent.</summary>
    private static string Stream(string symbol) => $"\"{JsonEncodedText.Encode(symbol.ToLowerInvariant() + "@kline_1m")}\"";
}
