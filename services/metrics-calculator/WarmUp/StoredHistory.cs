using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>What the database holds of instruments.</summary>
internal sealed class StoredHistory(InstrumentStore instruments, CandleReader candles)
{
    /// <summary>Null when nothing is stored of it.</summary>
    public async Task<(int Id, long Minute)?> NewestAsync(InstrumentId instrument, long now, CancellationToken stop)
    {
        var id = (await instruments.ResolveAsync([instrument], stop))[0];
        var last = new List<Candle>();
        await candles.ReadLastAsync(id, Timeframe.OneMinute, now, 1, last, stop);
        return last is [var newest] ? (id, newest.OpenTime) : null;
    }

    public async Task<bool> HasAnyAsync(InstrumentId instrument, long from, long through, CancellationToken stop) =>
        (await CoverageAsync(await instruments.ResolveAsync([instrument], stop), from, through, stop)).Count > 0;

    /// <summary>How many minutes are stored of each.</summary>
    public Task<List<CandleCoverage>> CoverageAsync(IReadOnlyCollection<int> ids, long from, long through, CancellationToken stop) =>
        candles.CoverageAsync(ids, Timeframe.OneMinute, from, through, stop);

    /// <summary>The bars from a time on that had ended with a minute.</summary>
    public async Task<Dictionary<InstrumentId, List<Candle>>> BarsAsync(
        Dictionary<int, InstrumentId> byId, Timeframe timeframe, Func<InstrumentId, long> from, Func<InstrumentId, long> through, CancellationToken stop)
    {
        var bars = new Dictionary<InstrumentId, List<Candle>>();
        await candles.ReadManyAsync(
            byId.Keys,
            timeframe,
            byId.Values.Min(from),
            (int id, in Candle bar, CandleSource _) =>
            {
                var instrument = byId[id];
                if (bar.OpenTime < from(instrument) || bar.OpenTime + timeframe.Milliseconds > through(instrument) + Timeframe.MinuteMs) return;
                if (!bars.TryGetValue(instrument, out var known)) bars[instrument] = known = [];
                known.Add(bar);
            },
            stop);
        return bars;
    }

    /// <summary>The minutes from a time on, through one.</summary>
    public async Task<List<CandleUpdate>> MinutesAsync(
        Dictionary<int, InstrumentId> byId, long from, Func<InstrumentId, long> through, CancellationToken stop)
    {
        var rows = new List<CandleUpdate>();
        await candles.ReadManyAsync(
            byId.Keys,
            Timeframe.OneMinute,
            from,
            (int id, in Candle candle, CandleSource source) =>
            {
                if (candle.OpenTime <= through(byId[id])) rows.Add(new CandleUpdate(byId[id], candle, true, source, 0, 0, 0));
            },
            stop);
        return rows;
    }
}
