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
    private readonly Channel<(FollowedInstrument Instrument, Candle Candle, long Asked)> _closed =
        Channel.CreateBounded<(FollowedInstrument, Candle, long)>(new BoundedChannelOptions(8192) { FullMode = BoundedChannelFullMode.DropOldest }, _ => metrics.Dropped());

    public void Ask(FollowedInstrument instrument, Candle candle) => _closed.Writer.TryWrite((instrument, candle, time.GetTimestamp()));

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var (instrument, candle, asked) in _closed.Reader.ReadAllAsync(stop))
        {
            var rest = Settling - time.GetElapsedTime(asked);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, time, stop);
            if (instrument.HasLeft || await TryAuditAsync(instrument, candle, stop)) continue;
            _closed.Writer.TryWrite((instrument, candle, asked)); // behind the others: it may be this instrument that fails
            await Task.Delay(RetryPause, time, stop);
        }
    }

    /// <summary>False when the exchange did not answer: what is doubtful stays doubtful until it does. A refusal is an answer.</summary>
    private async Task<bool> TryAuditAsync(FollowedInstrument instrument, Candle candle, CancellationToken stop)
    {
        try
        {
            var rows = await exchange.CandlesAsync(
                instrument.Id.Symbol, Timeframe.OneMinute, candle.OpenTime, candle.OpenTime + Timeframe.MinuteMs, stop);
            // Without a row behind it the minute's own row might still be forming; the coverage audit comes by later.
            if (ProvenMinutes.Of(rows, candle.OpenTime, candle.OpenTime) is not [var proven] || proven == candle) return true;
            await lane.PostAsync(() => lane.Publish(instrument, proven, CandleSource.Audit), stop);
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
