using System.Text.Json;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Json;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Messaging.Reading;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>
/// Brings an instrument from nothing to live: what the database lacks of its recent history is fetched, copied into it
/// and announced; then its gate opens behind the last of those minutes.
/// </summary>
internal sealed class StartHistory(
    StoredReader stream,
    CandleReader stored,
    CandleArchive archive,
    WhenAvailable whenAvailable,
    IOptions<CollectorOptions> options,
    TimeProvider time,
    ILogger<StartHistory> logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(2);

    /// <summary>The minute through which history is loaded for a partition: its last mark, if that is recent, or now.</summary>
    /// <remarks>After a short hand-over we publish what lies between, so no reader misses a minute of the stream; after a longer outage that would be history.</remarks>
    public async Task<HistoryEnd> EndOfHistoryAsync(IExchange exchange, ExchangeLane lane, int partition, CancellationToken stop)
    {
        var now = await RetryAsync(() => exchange.TimeAsync(stop), exchange.Name, stop);
        await lane.PostAsync(() => lane.Clock.Observe(now), stop); // who owns empty partitions only hears the time nowhere else
        var lastClosed = Timeframe.OneMinute.OpenOf(now) - Timeframe.MinuteMs;
        var json = await stream.LastAsync(Streams.Candles, Subjects.CandleMark(partition, exchange.Name), stop);
        var mark = json is null ? null : JsonSerializer.Deserialize(json, ContractsJson.Default.Mark);
        var isRecent = mark is not null && mark.Minute <= lastClosed && lastClosed - mark.Minute <= LiveSpan.Milliseconds;
        return isRecent ? new HistoryEnd(mark!.Minute, mark.Missing) : new HistoryEnd(lastClosed, []);
    }

    /// <summary>False when the exchange has no candle of it yet: many are listed before they trade. Otherwise its gate is open.</summary>
    public async Task<bool> TryLoadAsync(IExchange exchange, ExchangeLane lane, FollowedInstrument instrument, long through, CancellationToken stop)
    {
        try
        {
            var known = await CompleteAsync(exchange, instrument, through, stop) ? through : through - Timeframe.MinuteMs;
            if (await LastKnownAsync(exchange, instrument, known, stop) is not { } last) return false;
            await lane.PostAsync(() => instrument.Gate.StartAfter(last), stop);
            return true;
        }
        catch (Exception e) when (RestFailure.IsRefusal(e))
        {
            CollectorLog.BackfillFailed(logger, instrument.Id.ToString(), e.Message);
            return false; // it is refused, not late: others need not wait for it
        }
    }

    /// <summary>False when the last minute of it is not proven.</summary>
    private async Task<bool> CompleteAsync(IExchange exchange, FollowedInstrument instrument, long through, CancellationToken stop)
    {
        var from = options.Value.BackfillFrom(through);
        var missing = await whenAvailable.RunAsync(
            "looking for stored candles", token => stored.MissingAsync(instrument.DatabaseId, Timeframe.OneMinute, from, through, token), stop);
        var isProven = true;
        foreach (var gap in missing) isProven &= await FillAsync(exchange, instrument, gap.From, gap.Through, stop) || gap.Through < through;
        return isProven;
    }

    /// <summary>
    /// False when no row stands behind the range: its last minute may have ended a moment ago and still change. It is left to the
    /// gate, before which it is a hole like any other.
    /// </summary>
    private async Task<bool> FillAsync(IExchange exchange, FollowedInstrument instrument, long from, long through, CancellationToken stop)
    {
        var candles = await RetryAsync(
            () => exchange.CandlesAsync(instrument.Id.Symbol, Timeframe.OneMinute, from, through + Timeframe.MinuteMs, stop), instrument.Id.ToString(), stop);
        var isProven = candles is [.., var last] && last.OpenTime > through;
        var final = candles.Where(c => c.OpenTime < through || (c.OpenTime == through && isProven)).ToList();
        await archive.StoreAsync(instrument, Timeframe.OneMinute, final, static (in Candle _) => CandleSource.Backfill, stop);
        return isProven;
    }

    /// <summary>The candle behind which the gate opens; flat at the nearest known price for an instrument that did not trade then.</summary>
    private async Task<Candle?> LastKnownAsync(IExchange exchange, FollowedInstrument instrument, long through, CancellationToken stop)
    {
        var candles = new List<Candle>();
        await whenAvailable.RunAsync(
            "reading the last candle",
            token =>
            {
                candles.Clear();
                return stored.ReadLastAsync(instrument.DatabaseId, Timeframe.OneMinute, through, 1, candles, token);
            },
            stop);
        if (candles.Count == 1) return candles[0].OpenTime == through ? candles[0] : Candle.Flat(through, candles[0].Close);

        // Listed after that minute: its first candle tells its price, and that nothing came before it.
        var rows = await RetryAsync(
            () => exchange.CandlesAsync(instrument.Id.Symbol, Timeframe.OneMinute, through, through + (2 * LiveSpan.Milliseconds), stop),
            instrument.Id.ToString(),
            stop);
        return rows.Count == 0 ? null : Candle.Flat(Math.Max(through, rows[0].OpenTime - Timeframe.MinuteMs), rows[0].Open);
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> ask, string what, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (RestFailure.Is(e, stop) && !RestFailure.IsRefusal(e))
            {
                CollectorLog.BackfillFailed(logger, what, e.Message);
                await Task.Delay(RetryPause, time, stop);
            }
        }
    }
}
