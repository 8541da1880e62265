using CryptoScreener.Contracts.Candles;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using Microsoft.Extensions.Options;

namespace CryptoScreener.DataCollector.Backfill;

/// <summary>What the database lacks of instruments that are traded no more, to their last minute: no row stands behind that and proves it.</summary>
internal sealed class EndedHistory(
    CandleReader stored, CandleArchive archive, WhenAvailable whenAvailable, IOptions<CollectorOptions> options, TimeProvider time, ILogger<EndedHistory> logger)
{
    /// <summary>A row may change for a moment after its minute has ended.</summary>
    private const long SettlingMs = 2_000;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>The minute that is running now, as soon as it is over by the exchange's clock and its rows change no more.</summary>
    public async Task<long> LastMinuteAsync(ExchangeClock clock, CancellationToken stop)
    {
        var running = Timeframe.OneMinute.OpenOf(clock.Now);
        while (clock.Now < running + Timeframe.MinuteMs + SettlingMs) await Task.Delay(Look, time, stop);
        return running;
    }

    /// <summary>False when the exchange did not answer: then it is to be asked again.</summary>
    /// <param name="last">A minute that is over.</param>
    /// <param name="isBack">It is traded again: then its rows are not for us to store.</param>
    public async Task<bool> TryLoadAsync(IExchange exchange, FollowedInstrument gone, long last, Func<bool> isBack, CancellationToken stop)
    {
        var from = options.Value.BackfillFrom(last);
        var missing = await whenAvailable.RunAsync(
            "looking for stored candles", token => stored.MissingAsync(gone.DatabaseId, Timeframe.OneMinute, from, last, token), stop);
        foreach (var gap in missing)
        {
            if (await LastRows.OfAsync(exchange, gone, gap.From, gap.Through, logger, stop) is not { } rows) return false;
            if (isBack()) return true;
            await archive.StoreAsync(gone, Timeframe.OneMinute, rows, static (in Candle _) => CandleSource.Backfill, stop);
        }

        return true;
    }
}
