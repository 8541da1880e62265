using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.DataCollector.Exchanges.Binance;

/// <summary>Binance USD-M perpetual futures.</summary>
internal sealed class BinanceFutures : IExchange
{
    public const string ExchangeName = "binance-futures";
    private const string OwnRestUrl = "https://fapi.binance.com";
    private const string OwnStreamUrl = "wss://fstream.binance.com";
    private const int WeightPerMinute = 2400;
    private const int NamesPerSubscribe = 200;

    private readonly BinanceRest _rest;

    public BinanceFutures(ExchangeOptions options, HttpClient http, TimeProvider time)
    {
        http.BaseAddress = new Uri(options.RestUrl ?? OwnRestUrl);
        _rest = new BinanceRest(http, new WeightBudget((int)(WeightPerMinute * options.WeightShare), time));
        // Klines come on the market category only: the older paths acknowledge and stay silent.
        StreamUri = new Uri($"{(options.StreamUrl ?? OwnStreamUrl).TrimEnd('/')}/market/stream");
        IsSimulated = options.Simulated;
    }

    public string Name => ExchangeName;

    public bool IsSimulated { get; }

    /// <summary>1,024 streams are allowed; fewer keep a lost connection cheap.</summary>
    public int InstrumentsPerSocket => 200;

    public Uri StreamUri { get; }

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => _rest.ListAsync(stop);

    public Task<long> TimeAsync(CancellationToken stop) => _rest.TimeAsync(stop);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _rest.CandlesAsync(symbol, timeframe, from, through, stop);

    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) => symbols
        .Chunk(NamesPerSubscribe)
        .Select((names, i) => $$"""{"method":"SUBSCRIBE","params":[{{string.Join(',', names.Select(Stream))}}],"id":{{i + 1}}}""");

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline) =>
        BinanceKlineParser.Parse(frame, symbols, out kline);

    /// <summary>Names must be lower case: others are acknowledged and stay silent.</summary>
    private static string Stream(string symbol) => $"\"{JsonEncodedText.Encode(symbol.ToLowerInvariant() + "@kline_1m")}\"";
}
