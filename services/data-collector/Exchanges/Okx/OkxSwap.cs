using System.Text.Json;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges.Limits;
using CryptoScreener.DataCollector.Exchanges.Rest;

namespace CryptoScreener.DataCollector.Exchanges.Okx;

/// <summary>OKX v5 perpetual swaps, the linear ones.</summary>
internal sealed class OkxSwap : IExchange
{
    public const string ExchangeName = "okx-swap";
    private const string OwnRestUrl = "https://www.okx.com";
    private const string OwnStreamUrl = "wss://ws.okx.com:8443";

    // Recent candles allow 40 requests in 2 s, everything else 20: the latter count twice.
    private const int RequestsPerSpan = 40;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(2);

    private readonly OkxRest _rest;
    private readonly OkxRest _history;

    public OkxSwap(ExchangeOptions options, HttpClient http, TimeProvider time, SharedWeight? shared = null)
    {
        var budget = WeightBudget.Sliding(RequestsPerSpan, Span, options.WeightShare, time, shared);
        var calls = new RestCalls(http, options.RestUrl ?? OwnRestUrl, budget, time, overrunPause: Span, pauseFor: answer => OkxRest.IsTooMuch(answer) ? Span : null);
        (_rest, _history) = (new OkxRest(calls, time), new OkxRest(calls.Spare(), time));
        // Candles live on the business address: the public one answers that the channel does not exist.
        StreamUri = new Uri($"{(options.StreamUrl ?? OwnStreamUrl).TrimEnd('/')}/ws/v5/business");
        IsSimulated = options.Simulated;
    }

    public string Name => ExchangeName;

    public bool IsSimulated { get; }

    /// <summary>One request may have 64 KB, which the longest names cannot reach; three connections a second are allowed, so few are better.</summary>
    public int InstrumentsPerSocket => 300;

    public Uri StreamUri { get; }

    public ConnectionLimit ConnectionLimit { get; } = new(3, TimeSpan.FromSeconds(1));

    /// <summary>A socket is cut after 30 s without data or a word from us.</summary>
    public KeepAlive? KeepAlive { get; } = new("ping"u8.ToArray(), TimeSpan.FromSeconds(20));

    public int UnreadableRows => _rest.Unreadable;

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => _rest.ListAsync(stop);

    public Task<long> TimeAsync(CancellationToken stop) => _rest.TimeAsync(stop);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _rest.CandlesAsync(symbol, timeframe, from, through, stop);

    public Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        _history.CandlesAsync(symbol, timeframe, from, through, stop);

    /// <summary>One frame: only 480 of them are allowed per hour.</summary>
    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) =>
        [$$"""{"op":"subscribe","args":[{{string.Join(',', symbols.Select(Channel))}}]}"""];

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline) => OkxKlineParser.Parse(frame, symbols, out kline);

    private static string Channel(string symbol) => $$"""{"channel":"candle1m","instId":"{{JsonEncodedText.Encode(symbol)}}"}""";
}
