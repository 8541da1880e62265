using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.UnitTests.DataCollector.Exchanges;

/// <summary>An exchange that is only asked for candles, and answers as a test says.</summary>
internal sealed class AskedExchange(Func<string, long, long, Task<IReadOnlyList<Candle>>> answer) : IExchange
{
    private int _asked;

    public string Name => "binance-futures";

    public bool IsSimulated => true;

    public int InstrumentsPerSocket => 1;

    public Uri StreamUri => new("ws://127.0.0.1:1");

    public ConnectionLimit ConnectionLimit => new(1, TimeSpan.FromSeconds(1));

    public KeepAlive? KeepAlive => null;

    /// <summary>How often so far.</summary>
    internal int Asked => Volatile.Read(ref _asked);

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<ListedInstrument>>([]);

    public Task<long> TimeAsync(CancellationToken stop) => Task.FromResult(0L);

    public Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop)
    {
        Interlocked.Increment(ref _asked);
        return answer(symbol, from, through).WaitAsync(stop);
    }

    public Task<IReadOnlyList<Candle>> HistoryAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        CandlesAsync(symbol, timeframe, from, through, stop);

    public IEnumerable<string> SubscribeFrames(IReadOnlyList<string> symbols) => [];

    public FrameKind Parse(ReadOnlySpan<byte> frame, SymbolLookup symbols, out Kline kline)
    {
        kline = default;
        return FrameKind.Control;
    }
}
