using CryptoScreener.ApiGateway.Live;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Storage;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;
using Microsoft.Extensions.Options;

namespace CryptoScreener.ApiGateway.Endpoints;

/// <summary>Stored bars, and those that are not stored yet from their minutes and the forming one.</summary>
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

    /// <summary>The newest bars of a range, oldest first, with those that are not stored yet.</summary>
    public async Task<(List<Candle> Bars, bool IsLastForming)> NewestUntilNowAsync(
        InstrumentRow instrument, Timeframe timeframe, long from, long through, int limit, CancellationToken stop)
    {
        var bars = await NewestAsync(instrument, timeframe, from, through, limit, stop);
        var forming = await AddNewestAsync(bars, instrument, timeframe, from, through, stop);
        if (bars.Count > limit) bars.RemoveRange(0, bars.Count - limit);
        return (bars, forming);
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

    /// <summary>Adds what is newer than the stored bars of a range: the bar that ended a moment ago, until the roll-up has it, and the one that has not ended.</summary>
    /// <returns>Whether the last bar is one that has not ended.</returns>
    public async Task<bool> AddNewestAsync(List<Candle> bars, InstrumentRow instrument, Timeframe timeframe, long from, long through, CancellationToken stop)
    {
        var live = book.Find(instrument.Instrument);
        var open = timeframe.OpenOf(MinuteAtHand(live));
        var previous = open - timeframe.Milliseconds;
        var wanted = bars.Count == 0 ? from : Math.Max(from, bars[^1].OpenTime + 1);
        var first = previous >= wanted ? previous : open; // usually the previous one is stored, and its minutes need no reading
        if (first > through) return false;
        var stored = bars.Count;
        var minutes = await MinutesAsync(instrument, timeframe, first, open + timeframe.Milliseconds - 1, live, stop);
        if (first == previous && minutes.IsWhole(previous)) bars.Add(minutes.BarOf(previous)!.Value);
        if (open >= wanted && open <= through && minutes.BarOf(open) is { } forming) bars.Add(forming);
        return bars.Count > stored && (bars[^1].OpenTime == open || timeframe.OpenOf(live?.Forming?.OpenTime ?? 0) == bars[^1].OpenTime);
    }

    /// <summary>The exchange's clock may be ahead of ours.</summary>
    private long MinuteAtHand(NewestCandles? live)
    {
        var now = Timeframe.OneMinute.OpenOf(time.GetUtcNow().ToUnixTimeMilliseconds());
        return Math.Max(now, Math.Max(live?.Forming?.OpenTime ?? 0, (live?.Closed?.OpenTime ?? 0) + Timeframe.MinuteMs));
    }

    private async Task<MinuteBars> MinutesAsync(InstrumentRow instrument, Timeframe timeframe, long first, long last, NewestCandles? live, CancellationToken stop)
    {
        var bars = new MinuteBars(timeframe);
        if (timeframe != Timeframe.OneMinute)
        {
            var minutes = new List<Candle>();
            await reader.ReadAsync(instrument.Id, Timeframe.OneMinute, first, last, minutes, stop);
            foreach (var candle in minutes) bars.Put(candle);
        }

        if (live?.Closed is { } closed && closed.OpenTime >= first) bars.Put(closed);
        if (live?.Forming is { } forming && forming.OpenTime >= first) bars.Put(forming);
        return bars;
    }
}
