using System.Collections.Concurrent;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Exchanges.Limits;

namespace CryptoScreener.IntegrationTests.Collector.Gaps;

/// <summary>An exchange whose history has only what a test puts into it.</summary>
internal sealed class ForgetfulExchange : IExchange
{
    private readonly ConcurrentQueue<(long From, long Through)> _asked = new();
    private Task _answered = Task.CompletedTask;
    private Exception? _whenCancelled;

    public List<Candle> History { get; } = [];

    public IReadOnlyCollection<(long From, long Through)> Asked => _asked;

    public string Name => "forgetful";

    public bool IsSimulated => true;

    public int InstrumentsPerSocket => 1;

    public Uri StreamUri => new("ws://127.0.0.1:1");

    public ConnectionLimit ConnectionLimit => new(1, TimeSpan.FromSeconds(1));

    public KeepAlive? KeepAlive => null;

    public Task<IReadOnlyList<ListedInstrument>> ListAsync(CancellationToken stop) => Task.FromResult<IReadOnlyList<ListedInstrument>>([]);

    public Task<long> TimeAsync(CancellationToken stop) => Task.FromResult(0L);

    /// <summary>It answers when the result is set.</summary>
    public TaskCompletionSource Hold()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answered = answered.Task;
        return answered;
    }

    /// <summary>What is cancelled fails with this, as when the answer was on its way.</summary>
    public void FailWhenCancelled(Exception failure) => _whenCancelled = failure;

    public async Task<IReadOnlyList<Candle>> CandlesAsync(string symbol, Timeframe timeframe, long from, long through, CancellationToken stop)
    {
        _asked.Enqueue((from, through));
        try
        {
            await _answered.WaitAsync(stop);
        }
        catch (OperationCanceledException) when (_whenCancelled is not null)
        {
            throw _whenCancelled;
        }

        return [.. History.Where(c => from <= c.OpenTime && c.OpenTime <= through)];
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
