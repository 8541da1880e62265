using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Stored bars, and the bar at hand from the minutes since its beginning and the forming one.</summary>
internal sealed class CandlePages(CandleReader reader, CandleBook book, IOptions<StorageOptions> storage, TimeProvider time)
{
    private readonly HashSet<string> _timeframes = [
        Timeframe.OneMinute.ToString(), .. storage.Value.RollUpTimeframes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    public IReadOnlyCollection<string> Timeframes => _timeframes;

    public bool TryTimeframe(string text, out Timeframe timeframe) => Timeframe.TryParse(text, out timeframe) && _timeframes.Contains(timeframe.ToString());

    /// <summary>The newest bars of a range, oldest first.</summary>
    public async Task<List<Candle>> NewestAsync(InstrumentRow instrument, Timeframe timeframe, long from, long through, int limit, CancellationToken stop)
    {
        var candles = new List<Candle>(Math.Min(limit, 1_000));
        // Where the newest most likely are: who asks for the whole past would look into each of its partitions.
        var near = Math.Max(from, Math.Min(through, time.GetUtcNow().ToUnixTimeMilliseconds()) - (2L * limit * timeframe.Milliseconds));
        await reader.ReadLastAsync(instrument.Id, timeframe, near, through, limit, candles, stop);
        if (candles.Count == limit || near == from) return candles;
        candles.Clear();
        await reader.ReadLastAsync(instrument.Id, timeframe, from, through, limit, candles, stop);
        return candles;
    }

    /// <summary>The oldest bars of a range, oldest first.</summary>
    public async Task<List<Candle>> OldestAsync(InstrumentRow instrument, Timeframe timeframe, long from, long through, int limit, CancellationToken stop)
    {
        var candles = new List<Candle>(Math.Min(limit, 1_000));
        await reader.ReadFirstAsync(instrument.Id, timeframe, from, through, limit, candles, stop);
        return candles;
    }

    /// <summary>All bars of a range, oldest first.</summary>
    public async Task<List<Candle>> RangeAsync(InstrumentRow instrument, Timeframe timeframe, long from, long through, CancellationToken stop)
    {
        var candles = new List<Candle>();
        await reader.ReadAsync(instrument.Id, timeframe, from, through, candles, stop);
        return candles;
    }

    /// <summary>The first and the last open time that is stored in a range; null when nothing is.</summary>
    public async Task<(long First, long Last)?> ExtentAsync(InstrumentRow instrument, Timeframe timeframe, long from, long through, CancellationToken stop) =>
        await reader.CoverageAsync([instrument.Id], timeframe, from, through, stop) is [var stored] ? (stored.First, stored.Last) : null;

    /// <summary>The bar that has not ended; null when nothing is known of it.</summary>
    public async Task<Candle?> FormingAsync(InstrumentRow instrument, Timeframe timeframe, CancellationToken stop)
    {
        var open = timeframe.OpenOf(time.GetUtcNow().ToUnixTimeMilliseconds());
        var newest = book.Find(instrument.Instrument);
        if (newest?.Forming is { } minute && minute.OpenTime > open) open = timeframe.OpenOf(minute.OpenTime); // the exchange's clock is ahead, or faster
        var bars = new MinuteBars(timeframe);
        if (timeframe != Timeframe.OneMinute)
        {
            var minutes = new List<Candle>();
            await reader.ReadAsync(instrument.Id, Timeframe.OneMinute, open, open + timeframe.Milliseconds - 1, minutes, stop);
            foreach (var candle in minutes) bars.Put(candle);
        }

        if (newest?.Closed is { } closed && closed.OpenTime >= open && timeframe != Timeframe.OneMinute) bars.Put(closed);
        if (newest?.Forming is { } forming && forming.OpenTime >= open) bars.Put(forming);
        return bars.BarOf(open);
    }
}
