using System.Threading.Channels;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.DataCollector.Gaps;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Checks what we said of a minute against REST where it is doubtful (closed by its successor only, or told twice), and corrects it.</summary>
internal sealed class SuccessorAudit(
    IExchange exchange, ExchangeLane lane, AuditMetrics metrics, TimeProvider time, ILogger<SuccessorAudit> logger)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // A whole exchange that stops closing its candles fills this; the oldest then go unaudited, as before the audit existed.
    private readonly Channel<Doubt> _closed = Channel.CreateBounded<Doubt>(
        new BoundedChannelOptions(8192) { FullMode = BoundedChannelFullMode.DropOldest }, _ => metrics.Dropped());

    private sealed record Doubt(FollowedInstrument Instrument, Candle Candle, bool IsToldTwice, long Asked);

    public void Ask(FollowedInstrument instrument, Candle candle, bool isToldTwice) =>
        _closed.Writer.TryWrite(new Doubt(instrument, candle, isToldTwice, time.GetTimestamp()));

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var doubt in _closed.Reader.ReadAllAsync(stop))
        {
            var rest = Settling - time.GetElapsedTime(doubt.Asked);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, time, stop);
            if (doubt.Instrument.HasLeft || await TryAuditAsync(doubt, stop)) continue;
            _closed.Writer.TryWrite(doubt); // behind the others: it may be this instrument that fails
            await Task.Delay(RetryPause, time, stop);
        }
    }

    /// <summary>False when the exchange did not answer: what is doubtful stays doubtful until it does. A refusal is an answer.</summary>
    private async Task<bool> TryAuditAsync(Doubt doubt, CancellationToken stop)
    {
        var (instrument, candle, isToldTwice, _) = doubt;
        try
        {
            var rows = await exchange.CandlesAsync(
                instrument.Id.Symbol, Timeframe.OneMinute, candle.OpenTime, candle.OpenTime + Timeframe.MinuteMs, stop);
            // Without a row behind it the minute's own row might still be forming; the coverage audit comes by later.
            if (ProvenMinutes.Of(rows, candle.OpenTime, candle.OpenTime) is not [var proven]) return true;
            // Of two that were told the better source counts, and the first may have come from history: the audit's word ends it.
            if (proven == candle && !isToldTwice) return true;
            await lane.PostAsync(() => lane.Publish(instrument, proven, CandleSource.Audit), stop);
            if (proven == candle) return true;
            metrics.Corrected(1);
            CollectorLog.Corrected(logger, instrument.Id, DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTime).UtcDateTime);
            return true;
        }
        catch (Exception e) when (RestFailure.Is(e, stop))
        {
            CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
            return RestFailure.IsRefusal(e);
        }
    }
}
