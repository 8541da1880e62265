using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.Storage.Candles;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>Feeds stored candles to a lane: state without frames.</summary>
internal sealed class History(
    CalculationPlan plan, Bus bus, LaneSet lanes, StateStore states, InstrumentStore instruments, CandleReader candles, WhenAvailable whenAvailable, TimeProvider time)
{
    private const int Chunk = 4096;

    /// <summary>Behind a stored state's newest minute: holes and corrections that came in after it was stored.</summary>
    private const long RevisitedMs = 3 * 60 * Timeframe.MinuteMs;

    private static readonly TimeSpan PersistencePause = TimeSpan.FromSeconds(1);

    /// <summary>Twice the longest window, because its volume ratio looks at the window before it.</summary>
    private long Reach => 2L * plan.Timeframes[^1].Milliseconds;

    /// <summary>
    /// Loads a partition: stored states and the candles since, or all candles where there is no state; of each exchange
    /// through its marked minute, because what is newer comes from the stream.
    /// </summary>
    public async Task<(int Candles, int Instruments)> LoadAsync(
        int partition, IReadOnlyDictionary<string, long> markedMinutes, long now, CancellationToken stop)
    {
        var ours = await whenAvailable.RunAsync("warm-up", token => instruments.ListAsync(stop: token), stop);
        var byId = ours
            .Where(row => Partitioning.Of(row.Instrument, bus.Partitions) == partition)
            .ToDictionary(row => row.Id, row => row.Instrument);
        if (byId.Count == 0) return (0, 0);
        var restored = await states.RestoreAsync(partition, stop);
        await DropOutdatedAsync(partition, byId, restored, stop);
        var cold = byId.Where(entry => !restored.ContainsKey(entry.Value)).ToDictionary();
        var warm = byId.Where(entry => restored.ContainsKey(entry.Value)).ToDictionary();
        var fed = await LoadAsync(partition, cold, markedMinutes.Values.Append(now).Min() - Reach, markedMinutes, stop);
        fed += await LoadAsync(partition, warm, restored.Values.Select(state => state.Newest).Append(now).Min() - RevisitedMs, markedMinutes, stop);
        return (fed, byId.Count);
    }

    /// <summary>A state that lacks minutes the database has is fed anew: holes in it were filled while nobody calculated.</summary>
    private async Task DropOutdatedAsync(
        int partition, Dictionary<int, InstrumentId> byId, Dictionary<InstrumentId, RestoredState> restored, CancellationToken stop)
    {
        foreach (var group in byId.Where(entry => restored.ContainsKey(entry.Value)).GroupBy(entry => restored[entry.Value] with { Minutes = 0 }).ToList())
        {
            var ids = group.Select(entry => entry.Key).ToList();
            var stored = await whenAvailable.RunAsync(
                "warm-up", token => candles.CoverageAsync(ids, Timeframe.OneMinute, group.Key.From, group.Key.Newest, token), stop);
            foreach (var coverage in stored.Where(c => c.Count > restored[byId[c.InstrumentId]].Minutes))
            {
                restored.Remove(byId[coverage.InstrumentId]);
                await lanes.Of(partition).ForgetAsync(partition, byId[coverage.InstrumentId], stop);
            }
        }
    }

    private async Task<int> LoadAsync(
        int partition, Dictionary<int, InstrumentId> byId, long from, IReadOnlyDictionary<string, long> markedMinutes, CancellationToken stop)
    {
        if (byId.Count == 0) return 0;
        var rows = await whenAvailable.RunAsync(
            "warm-up", token => ReadAsync(byId, from, i => markedMinutes.GetValueOrDefault(i.Exchange, long.MaxValue), token), stop);
        await FeedAsync(partition, rows, stop);
        return rows.Count;
    }

    /// <summary>Begins one instrument anew from the database: for what came into it behind our back, and for candles that came too late.</summary>
    public async Task<int> RebuildAsync(InstrumentId instrument, long now, CancellationToken stop)
    {
        var partition = Partitioning.Of(instrument, bus.Partitions);
        while (true)
        {
            var rows = await whenAvailable.RunAsync(
                "loading history",
                async token =>
                {
                    var id = (await instruments.ResolveAsync([instrument], token))[0];
                    return await ReadAsync(new Dictionary<int, InstrumentId> { [id] = instrument }, now - Reach, _ => long.MaxValue, token);
                },
                stop);
            if (await lanes.Of(partition).RebuildAsync(partition, instrument, rows, stop)) return rows.Count;
            await Task.Delay(PersistencePause, time, stop); // persistence is still behind what we have seen
        }
    }

    private async Task<List<CandleUpdate>> ReadAsync(
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

    private async Task FeedAsync(int partition, List<CandleUpdate> rows, CancellationToken stop)
    {
        var lane = lanes.Of(partition);
        for (var i = 0; i < rows.Count; i++)
        {
            await lane.PutAsync(new LaneItem(LaneItemKind.History, partition, rows[i]), stop);
            if (i % Chunk == 0) await lane.DoneAsync(stop); // leaves the lane room for what is live
        }

        await lane.DoneAsync(stop);
    }
}
