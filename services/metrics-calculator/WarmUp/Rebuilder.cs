using System.Collections.Concurrent;
using System.Threading.Channels;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>Rebuilds instruments whose history changed behind their state, one after the other, each once however often it is asked.</summary>
internal sealed class Rebuilder : BackgroundService
{
    private readonly History _history;
    private readonly TimeProvider _time;
    private readonly ILogger<Rebuilder> _logger;
    private readonly ConcurrentDictionary<InstrumentId, bool> _waiting = new();

    // Holds each instrument once, so more instruments than any exchange has would be needed to fill it. Refused then: the
    // next late candle of that instrument asks again.
    private readonly Channel<InstrumentId> _queue = Channel.CreateBounded<InstrumentId>(
        new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public Rebuilder(History history, LaneSet lanes, TimeProvider time, ILogger<Rebuilder> logger)
    {
        _history = history;
        _time = time;
        _logger = logger;
        lanes.RebuildNeeded(Ask);
    }

    public void Ask(InstrumentId instrument)
    {
        if (_waiting.TryAdd(instrument, true) && !_queue.Writer.TryWrite(instrument)) _waiting.TryRemove(instrument, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var instrument in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                _waiting.TryRemove(instrument, out _);
                var candles = await _history.RebuildAsync(instrument, _time.GetUtcNow().ToUnixTimeMilliseconds(), stoppingToken);
                CalculatorLog.Rebuilt(_logger, instrument, candles);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // stopping
        }
    }
}
