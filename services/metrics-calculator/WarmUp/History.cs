using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Messaging.Connection;
using CryptoScreener.MetricsCalculator.Lanes;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.Storage.Connections;
using CryptoScreener.Storage.Instruments;

namespace CryptoScreener.MetricsCalculator.WarmUp;

/// <summary>Feeds stored bars and minutes to a lane: state without frames.</summary>
internal sealed class History(
    CalculationPlan plan, PlanBook plans, Bus bus, LaneSet lanes, StateStore states, InstrumentStore instruments, StoredHistory stored, WhenAvailable whenAvailable)
{
    private const int Chunk = 4096;

    /// <summary>Behind a stored state's newest minute: holes and corrections that came in after it was stored.</summary>
    private const long RevisitedMs = 3 * 60 * Timeframe.MinuteMs;

    /// <summary>So many times the bars of a cold start are read at most to stand on the same bar again: what is before them is rounded away.</summary>
    private const int MostWarmUps = 10;

    private readonly long _reach = Reach.Of(plan);

    /// <summary>Twice what warms indicators, because recursive ones come to their value slowly.</summary>
    private long WarmUpOf(Timeframe timeframe) => 2 * plans.Current.WarmUpBarsOf(timeframe) * timeframe.Milliseconds;

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
        var anchors = await DropOutdatedAsync(partition, byId, restored, stop);
        var cold = byId.Where(entry => !restored.ContainsKey(entry.Value)).ToDictionary();
        var warm = byId.Where(entry => restored.ContainsKey(entry.Value)).ToDictionary();
        var earliest = Reach.EarliestOf(markedMinutes, now);
        var fed = await SeedAsync(partition, cold, anchors, markedMinutes, earliest, stop);
        fed += await LoadAsync(partition, cold, earliest - _reach, markedMinutes, stop);
        fed += await LoadAsync(partition, warm, restored.Values.Select(state => state.Newest).Append(now).Min() - RevisitedMs, markedMinutes, stop);
        return (fed, byId.Count);
    }

    /// <summary>A state that lacks minutes the database has is fed anew: holes in it were filled while nobody calculated.</summary>
    /// <returns>
    /// The bars on which the indicators of those stood. A hole of a whole bar had ended the run before it: where only the bars
    /// behind it are left to stand on, they begin as at a cold start.
    /// </returns>
    private async Task<Dictionary<InstrumentId, Dictionary<Timeframe, long>>> DropOutdatedAsync(
        int partition, Dictionary<int, InstrumentId> byId, Dictionary<InstrumentId, RestoredState> restored, CancellationToken stop)
    {
        var lane = lanes.Of(partition);
        var anchors = new Dictionary<InstrumentId, Dictionary<Timeframe, long>>();
        foreach (var group in byId.Where(entry => restored.ContainsKey(entry.Value)).GroupBy(entry => restored[entry.Value] with { Minutes = 0 }).ToList())
        {
            var ids = group.Select(entry => entry.Key).ToList();
            var coverage = await whenAvailable.RunAsync(
                "warm-up", token => stored.CoverageAsync(ids, group.Key.From, group.Key.Newest, token), stop);
            foreach (var outdated in coverage.Where(c => c.Count > restored[byId[c.InstrumentId]].Minutes).Select(c => byId[c.InstrumentId]))
            {
                restored.Remove(outdated);
                if (await lane.AnchorsAsync(partition, outdated, stop) is { } known) anchors[outdated] = known;
                await lane.ForgetAsync(partition, outdated, stop);
            }
        }

        return anchors;
    }

    /// <summary>Gives cold instruments the bars that are older than the minutes they will be fed.</summary>
    private async Task<int> SeedAsync(
        int partition, Dictionary<int, InstrumentId> cold, Dictionary<InstrumentId, Dictionary<Timeframe, long>> anchors,
        IReadOnlyDictionary<string, long> markedMinutes, long now, CancellationToken stop)
    {
        var fed = 0;
        foreach (var timeframe in plans.Current.Timeframes)
        {
            var from = cold.Values.ToDictionary(instrument => instrument, instrument => SeedFrom(timeframe, now, anchors.GetValueOrDefault(instrument)));
            var seeded = cold.Where(entry => from[entry.Value] is not null).ToDictionary();
            if (seeded.Count == 0) continue;
            var bars = await whenAvailable.RunAsync(
                "warm-up", token => stored.BarsAsync(seeded, timeframe, i => from[i]!.Value, i => markedMinutes.GetValueOrDefault(i.Exchange, now), token), stop);
            foreach (var (instrument, known) in bars)
            {
                await lanes.Of(partition).SeedAsync(partition, instrument, timeframe, [.. known], stop);
                fed += known.Count;
            }
        }

        return fed;
    }

    private async Task<int> LoadAsync(
        int partition, Dictionary<int, InstrumentId> byId, long from, IReadOnlyDictionary<string, long> markedMinutes, CancellationToken stop)
    {
        if (byId.Count == 0) return 0;
        var rows = await whenAvailable.RunAsync(
            "warm-up", token => stored.MinutesAsync(byId, from, i => markedMinutes.GetValueOrDefault(i.Exchange, long.MaxValue), token), stop);
        await FeedAsync(partition, rows, stop);
        return rows.Count;
    }

    /// <summary>Whether some of the minutes that the stream left out are stored, as far as any window reaches.</summary>
    public async Task<bool> HasAnyAsync(InstrumentId instrument, SkippedMinutes skipped, CancellationToken stop) =>
        await whenAvailable.RunAsync(
            "loading history",
            token => stored.HasAnyAsync(instrument, Math.Max(skipped.From, skipped.Through - _reach), skipped.Through, token),
            stop);

    /// <summary>
    /// Begins one instrument anew from the database: for what came into it behind our back, and for candles that came too late.
    /// Null while persistence is behind what we have seen, or has nothing of one that a new plan waits for: to be tried again.
    /// </summary>
    public async Task<int?> TryRebuildAsync(InstrumentId instrument, long now, CancellationToken stop)
    {
        var partition = Partitioning.Of(instrument, bus.Partitions);
        var lane = lanes.Of(partition);
        if (await lane.AnchorsAsync(partition, instrument, stop) is not { } anchors) return 0; // whoever takes the partition reads it then
        // Asked first, because to read everything each second would hold up the persistence that is waited for.
        var (needed, known) = await lane.NewestAsync(partition, instrument, stop);
        if (await whenAvailable.RunAsync("loading history", token => stored.NewestAsync(instrument, now, token), stop) is not { } newest)
            return await lane.IsOfFormerPlanAsync(partition, instrument, stop) ? null : 0;
        if (newest.Minute < needed) return null;
        var (bars, rows) = await whenAvailable.RunAsync("loading history", token => ReadOneAsync(instrument, newest, known, anchors, token), stop);
        return await lane.RebuildAsync(partition, instrument, bars, rows, stop) ? rows.Count + bars.Values.Sum(read => read.Length) : null;
    }

    /// <summary>
    /// What reaches far enough back from where the state will end: while a lane catches up, persistence may be hours ahead of it,
    /// and what the stream will still bring is left out.
    /// </summary>
    private async Task<(Dictionary<Timeframe, Candle[]> Bars, List<CandleUpdate> Minutes)> ReadOneAsync(
        InstrumentId instrument, (int Id, long Minute) through, long known, Dictionary<Timeframe, long> anchors, CancellationToken stop)
    {
        var bars = new Dictionary<Timeframe, Candle[]>();
        var byId = new Dictionary<int, InstrumentId> { [through.Id] = instrument };
        var newest = known == InstrumentState.None ? through.Minute : Math.Min(through.Minute, known);
        var minutes = await stored.MinutesAsync(byId, newest - _reach, _ => through.Minute, stop);
        foreach (var timeframe in plans.Current.Timeframes)
        {
            if (SeedFrom(timeframe, newest, anchors) is not { } from) continue;
            if ((await stored.BarsAsync(byId, timeframe, _ => from, _ => through.Minute, stop)).TryGetValue(instrument, out var read)) bars[timeframe] = [.. read];
        }

        return (bars, minutes);
    }

    /// <summary>
    /// Recursive indicators depend on where they began, so they begin on the same bar again, unless that is longer ago than
    /// matters. Null where the minutes alone hold it.
    /// </summary>
    private long? SeedFrom(Timeframe timeframe, long newest, Dictionary<Timeframe, long>? anchors)
    {
        var from = Math.Min(anchors?.GetValueOrDefault(timeframe, long.MaxValue) ?? long.MaxValue, newest - WarmUpOf(timeframe));
        return from >= newest - _reach ? null : Math.Max(from, newest - (MostWarmUps * WarmUpOf(timeframe)));
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
