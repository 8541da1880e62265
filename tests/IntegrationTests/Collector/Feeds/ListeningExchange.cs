using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.IntegrationTests.Collector.Feeds;

/// <summary>An adapter that remembers which closed minutes came over its sockets.</summary>
internal sealed class ListeningExchange(IExchange inner) : IExchange
{
    private readonly ConcurrentDictionary<(string Symbol, long Minute), bool> _closed = new();

    public string Name => inner.Name;

    public bool IsSimulated => inner.IsSimulated;

    public int InstrumentsPerSocket => inner.InstrumentsPerSocket;

    public Uri StreamUri => inner.StreamUri;

    public ConnectionLimit ConnectionLimit => new(1_000, TimeSpan.FromSeconds(1));

    public KeepAlive? KeepAlive => inner.KeepAlive;

    public IEnumerable<long> ClosedOf(string symbol) => _closed.Keys.Where(c => c.Symbol == symbol).Select(c => c.Minute).Order();

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => inner.ListAsync(stop);

    public Task<long> TimeAsync(CancellationToken stop) => inner.TimeAsync(stop);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        inner.CandlesAsync(symbol, timeframe, from, through, stop);

    public Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        inner.HistoryAsync(symbol, timeframe, from, through, stop);

    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) => inner.SubscribeFrames(symbols);

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline)
    {
        var kind = inner.Parse(frame, symbols, out kline);
        if (kind == FrameKind.Kline && kline.IsClosed) _closed[(kline.Instrument.Id.Symbol, kline.Candle.OpenTime)] = true;
        return kind;
    }
}
