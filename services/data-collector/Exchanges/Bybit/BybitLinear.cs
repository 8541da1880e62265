using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Exchanges.Bybit;

/// <summary>Bybit v5 linear perpetuals.</summary>
internal sealed class BybitLinear : IExchange
{
    public const string ExchangeName = "bybit-linear";
    private const string OwnRestUrl = "https://api.bybit.com";
    private const string OwnStreamUrl = "wss://stream.bybit.com";
    /// <summary>One wrong topic, as of what was delisted a moment ago, has its whole request refused.</summary>
    private const int TopicsPerRequest = 10;

    private const int RequestsPerSpan = 600;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Ban = TimeSpan.FromMinutes(10);

    private readonly BybitRest _rest;
    private readonly BybitRest _history;

    public BybitLinear(ExchangeOptions options, HttpClient http, TimeProvider time, SharedWeight? shared = null)
    {
        var budget = WeightBudget.Sliding(RequestsPerSpan, Span, options.WeightShare, time, shared);
        var calls = new RestCalls(http, options.RestUrl ?? OwnRestUrl, budget, time, overrunPause: Ban, pauseFor: answer => BybitRest.IsTooMuch(answer) ? Span : null);
        (_rest, _history) = (new BybitRest(calls), new BybitRest(calls.Spare()));
        StreamUri = new Uri($"{(options.StreamUrl ?? OwnStreamUrl).TrimEnd('/')}/v5/public/linear");
        IsSimulated = options.Simulated;
    }

    public string Name => ExchangeName;

    public bool IsSimulated { get; }

    /// <summary>Topics of one connection may have 21,000 characters together, which 200 of the longest names cannot reach.</summary>
    public int InstrumentsPerSocket => 200;

    public Uri StreamUri { get; }

    public ConnectionLimit ConnectionLimit { get; } = new(500, TimeSpan.FromMinutes(5));

    public KeepAlive? KeepAlive { get; } = new("""{"op":"ping"}"""u8.ToArray(), TimeSpan.FromSeconds(20));

    public int UnreadableRows => _rest.Unreadable;

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => _rest.ListAsync(stop);

    public Task<long> TimeAsync(CancellationToken stop) => _rest.TimeAsync(stop);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _rest.CandlesAsync(symbol, timeframe, from, through, stop);

    public Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _history.CandlesAsync(symbol, timeframe, from, through, stop);

    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) => symbols
        .Chunk(TopicsPerRequest)
        .Select(topics => $$"""{"op":"subscribe","args":[{{string.Join(',', topics.Select(Topic))}}]}""");

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline) => BybitKlineParser.Parse(frame, symbols, out kline);

    private static string Topic(string symbol) => $"\"kline.1.{JsonEncodedText.Encode(symbol)}\"";
}
