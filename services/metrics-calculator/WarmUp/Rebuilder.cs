using System.Collections.Concurrent;
using System.Threading.Channels;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.MetricsCalculator.Lanes;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>
/// Rebuilds instruments whose history changed behind their state, one after the other, each once however often it is asked.
/// One that persistence is behind with goes to the end of the queue, so that it holds up nobody for longer than a pause.
/// </summary>
internal sealed class Rebuilder : BackgroundService
{
    private const long PersistencePauseMs = 1_000;

    private readonly History _history;
    private readonly TimeProvider _time;
    private readonly ILogger<Rebuilder> _logger;
    private readonly ConcurrentDictionary<InstrumentId, SkippedMinutes?> _waiting = new();

    // Holds each instrument once, so more instruments than any exchange has would be needed to fill it. Refused then: the
    // next late candle of that instrument asks again.
    private readonly Channel<(InstrumentId Instrument, long NotBefore)> _queue = Channel.CreateBounded<(InstrumentId, long)>(
        new BoundedChannelOptions(100_000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public Rebuilder(History history, LaneSet lanes, TimeProvider time, ILogger<Rebuilder> logger)
    {
        _history = history;
        _time = time;
        _logger = logger;
        lanes.RebuildNeeded(Ask);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Ask(InstrumentId instrument) => Ask(instrument, onlyFor: null);

    /// <param name="onlyFor">Nothing is done unless some of these are stored.</param>
    private void Ask(InstrumentId instrument, SkippedMinutes? onlyFor) => Ask(instrument, onlyFor, notBefore: 0);

    private void Ask(InstrumentId instrument, SkippedMinutes? onlyFor, long notBefore)
    {
        while (!_waiting.TryAdd(instrument, onlyFor))
        {
            if (!_waiting.TryGetValue(instrument, out var waiting)) continue; // taken meanwhile
            if (_waiting.TryUpdate(instrument, SkippedMinutes.Join(waiting, onlyFor), waiting)) return;
        }

        if (!_queue.Writer.TryWrite((instrument, notBefore))) _waiting.TryRemove(instrument, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (instrument, notBefore) in _queue.Reader.ReadAllAsync(stoppingToken))
        {
            if (notBefore > Now) await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(notBefore - Now, 0, PersistencePauseMs)), _time, stoppingToken);
            _waiting.TryRemove(instrument, out var onlyFor);
            if (onlyFor is { } skipped && !await _history.HasAnyAsync(instrument, skipped, stoppingToken)) continue;
            var candles = await _history.TryRebuildAsync(instrument, Now, stoppingToken);
            if (candles is null) Ask(instrument, onlyFor: null, Now + PersistencePauseMs);
            else if (candles > 0) CalculatorLog.Rebuilt(_logger, instrument, candles.Value);
        }
    }
}
