using System.Threading.Channels;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>Checks candles that were closed by their successor only against REST, and publishes a correction where they differ.</summary>
internal sealed class SuccessorAudit(IExchange exchange, ExchangeLane lane, TimeProvider time, ILogger<SuccessorAudit> logger)
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    // A whole exchange that stops closing its candles fills this; the oldest then go unaudited, as before the audit existed.
    private readonly Channel<(FollowedInstrument Instrument, Candle Candle)> _closed =
        Channel.CreateBounded<(FollowedInstrument, Candle)>(new BoundedChannelOptions(8192) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Ask(FollowedInstrument instrument, Candle candle) => _closed.Writer.TryWrite((instrument, candle));

    public async Task RunAsync(CancellationToken stop)
    {
        await foreach (var (instrument, candle) in _closed.Reader.ReadAllAsync(stop))
        {
            await Task.Delay(Settling, time, stop);
            try
            {
                var rows = await exchange.CandlesAsync(instrument.Id.Symbol, Timeframe.OneMinute, candle.OpenTime, candle.OpenTime, stop);
                if (rows.Count != 1 || rows[0] == candle || rows[0].Absurdity() is not null) continue;
                await lane.PostAsync(() => lane.Publish(instrument, rows[0], CandleSource.Audit), stop);
                CollectorLog.Corrected(logger, instrument.Id, DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTime).UtcDateTime);
            }
            catch (Exception e) when (RestFailure.Is(e, stop))
            {
                CollectorLog.LookUpFailed(logger, instrument.Id, e.Message);
            }
        }
    }
}
