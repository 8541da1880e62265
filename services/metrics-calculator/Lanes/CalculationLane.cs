using System.Buffers;
using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Hosting.Health;
using CryptoScreener.Hosting.Lanes;
using CryptoScreener.MetricsCalculator.Planning;
using CryptoScreener.MetricsCalculator.Publishing;
using CryptoScreener.MetricsCalculator.Universe;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>The one writer of the state of its partitions' instruments. Whatever concerns them passes here, in turn.</summary>
internal sealed class CalculationLane : ILaneWork<LaneItem>
{
    // A minute's close of 800 instruments heard and stored, with room. Closed candles wait: the stream reader is held
    // back. Forming candles are only tried: the next one says the same and more.
    private const int Capacity = 16_384;

    /// <summary>How far back closed frames are published again: as far as the sets are kept that their ranks need.</summary>
    private const long RevisedMs = 14 * Timeframe.MinuteMs;

    private readonly PlanBook _plans;
    private readonly FramePublisher _frames;
    private readonly UniverseBoard _universe;
    private readonly CalculatorMetrics _metrics;
    private readonly Lane<LaneItem> _lane;
    private readonly LiveQueue _owed;
    private readonly Dictionary<int, OwnedPartition> _partitions = [];

    public CalculationLane(
        PlanBook plans, FramePublisher frames, UniverseBoard universe, CalculatorMetrics metrics, CalculatorOptions options, TimeProvider time)
    {
        _plans = plans;
        _frames = frames;
        _universe = universe;
        _metrics = metrics;
        _lane = new Lane<LaneItem>(Capacity, time);
        _owed = new LiveQueue(TimeSpan.FromMilliseconds(options.LiveIntervalMs), Math.Max(1, options.LiveFramesPerSecond / options.Lanes), time);
    }

    /// <summary>
    /// A candle came so late that only history in order can make the indicators whole; or it left out minutes, which are told, and
    /// a rebuild is worth it if the database has some of them. Raised on the lane.
    /// </summary>
    public Action<InstrumentId, SkippedMinutes?>? RebuildNeeded { get; set; }

    public TimeSpan? UntilDue => _owed.UntilNext();

    /// <summary>For what the core subscriptions hear: never waits.</summary>
    public void Try(in LaneItem item)
    {
        if (!_lane.TryPut(item)) _metrics.LiveDropped();
    }

    public ValueTask PutAsync(in LaneItem item, CancellationToken stop) => _lane.PutAsync(item, stop);

    /// <summary>Completes when everything put before it has been dealt with.</summary>
    public Task DoneAsync(CancellationToken stop) => _lane.DoneAsync(stop);

    public ValueTask OwnAsync(int partition, long epoch, CancellationToken stop) =>
        _lane.PostAsync(() => _partitions[partition] = new OwnedPartition(partition, epoch), stop);

    public ValueTask DisownAsync(int partition, CancellationToken stop) => _lane.PostAsync(() => Forget(partition), stop);

    /// <summary>Bars of a higher timeframe, before the minutes that are fed: what indicators on it stand on.</summary>
    public ValueTask SeedAsync(int partition, InstrumentId id, Timeframe timeframe, Candle[] bars, CancellationToken stop) => _lane.PostAsync(
        () =>
        {
            if (_partitions.TryGetValue(partition, out var owned)) Track(owned, id).State.SeedBars(timeframe, bars);
        },
        stop);

    /// <summary>Every instrument of another plan than the current is to be fed anew for it; until then its frames go on as they are.</summary>
    public ValueTask ReplanAsync(CancellationToken stop) => _lane.PostAsync(
        () =>
        {
            foreach (var instrument in _partitions.Values.SelectMany(partition => partition.Instruments.Values))
                if (instrument.State.Plan != _plans.Current) RebuildNeeded?.Invoke(instrument.Id, null);
        },
        stop);

    /// <summary>On which bar (open time) the indicators of each timeframe stand; null for a partition that is not ours.</summary>
    public Task<Dictionary<Timeframe, long>?> AnchorsAsync(int partition, InstrumentId id, CancellationToken stop) => _lane.AskAsync(
        () => _partitions.TryGetValue(partition, out var owned)
            ? owned.Instruments.TryGetValue(id, out var instrument) ? instrument.Anchors() : []
            : null,
        stop);

    /// <summary>The newest minute that is needed from the database to begin an instrument anew, and the newest that it knows.</summary>
    public Task<(long Needed, long Known)> NewestAsync(int partition, InstrumentId id, CancellationToken stop) => _lane.AskAsync(
        () => _partitions.TryGetValue(partition, out var owned) && owned.Instruments.TryGetValue(id, out var instrument)
            ? (instrument.NewestForgotten, instrument.State.LastClosedMinute)
            : (long.MinValue, InstrumentState.None),
        stop);

    /// <summary>Whether an instrument that is ours is still to be fed anew for the current plan.</summary>
    public Task<bool> IsOfFormerPlanAsync(int partition, InstrumentId id, CancellationToken stop) => _lane.AskAsync(
        () => _partitions.TryGetValue(partition, out var owned) && owned.Instruments.TryGetValue(id, out var instrument) && instrument.State.Plan != _plans.Current, stop);

    /// <summary>Begins an instrument anew with its stored bars and minutes, oldest first. False when these end before what we remember begins.</summary>
    public Task<bool> RebuildAsync(
        int partition, InstrumentId id, IReadOnlyDictionary<Timeframe, Candle[]> bars, IReadOnlyList<CandleUpdate> stored, CancellationToken stop) => _lane.AskAsync(
        () =>
        {
            if (stored.Count == 0 || !_partitions.TryGetValue(partition, out var owned)) return true;
            var instrument = Track(owned, id);
            if (instrument.NewestForgotten > stored[^1].Candle.OpenTime) return false;
            var before = instrument.State.ClosedMinutes;
            instrument.Rebuild(_plans.Current, bars, stored);
            _metrics.MinutesHeld(instrument.State.ClosedMinutes - before);
            return true;
        },
        stop);

    public Task<InstrumentId[]> InstrumentsAsync(int partition, CancellationToken stop) => _lane.AskAsync(
        () => _partitions.TryGetValue(partition, out var owned) ? owned.Instruments.Keys.ToArray() : [], stop);

    /// <summary>Forgets instruments of which all windows are empty, because they were delisted or renamed.</summary>
    public Task ForgetSilentAsync(int partition, CancellationToken stop) => _lane.AskAsync(
        () =>
        {
            if (!_partitions.TryGetValue(partition, out var owned) || owned.Instruments.Count == 0) return 0;
            var oldest = owned.Instruments.Values.Max(i => i.State.LastClosedMinute) - (2 * _plans.Current.Timeframes[^1].Milliseconds);
            var silent = owned.Instruments.Values.Where(i => i.State.LastClosedMinute != InstrumentState.None && i.State.LastClosedMinute < oldest).ToList();
            foreach (var instrument in silent) owned.Instruments.Remove(instrument.Id);
            _metrics.MinutesHeld(-silent.Sum(i => i.State.ClosedMinutes));
            return silent.Count;
        },
        stop);

    /// <summary>Writes an instrument's state as it is behind all that was put before. False when it is not ours or has no candle.</summary>
    public Task<bool> SnapshotAsync(int partition, InstrumentId id, IBufferWriter<byte> output, CancellationToken stop) => _lane.AskAsync(
        () =>
        {
            if (!_partitions.TryGetValue(partition, out var owned) || !owned.Instruments.TryGetValue(id, out var instrument)) return false;
            if (instrument.State.ClosedMinutes == 0 || instrument.State.NeedsRebuild) return false;
            instrument.State.WriteSnapshot(output);
            return true;
        },
        stop);

    /// <summary>Null when the snapshot belongs to another catalogue or version.</summary>
    public Task<RestoredState?> RestoreAsync(int partition, InstrumentId id, ReadOnlyMemory<byte> snapshot, CancellationToken stop) => _lane.AskAsync<RestoredState?>(
        () =>
        {
            if (!_partitions.TryGetValue(partition, out var owned)) return null;
            var instrument = Track(owned, id);
            if (!instrument.TryRestore(snapshot)) return null;
            var state = instrument.State;
            _metrics.MinutesHeld(state.ClosedMinutes);
            return new RestoredState(state.OldestMinute, state.LastClosedMinute, state.ClosedMinutes);
        },
        stop);

    /// <summary>Drops an instrument's state, to be fed anew.</summary>
    public ValueTask ForgetAsync(int partition, InstrumentId id, CancellationToken stop) => _lane.PostAsync(
        () =>
        {
            if (_partitions.TryGetValue(partition, out var owned) && owned.Instruments.Remove(id, out var instrument))
                _metrics.MinutesHeld(-instrument.State.ClosedMinutes);
        },
        stop);

    public Task RunAsync(Heartbeat heart, CancellationToken stop) => _lane.RunAsync(this, stop, heart);

    public ValueTask HandleAsync(LaneItem item, CancellationToken stop)
    {
        if (!_partitions.TryGetValue(item.Partition, out var partition)) return ValueTask.CompletedTask;
        var instrument = Track(partition, item.Candle.Instrument);
        if (instrument.Refuses(item.Kind, item.Candle.Epoch, item.Candle.Candle.OpenTime)) return ValueTask.CompletedTask;
        if (item.Kind == LaneItemKind.Heard && !MayLead(instrument, item.Candle.Candle.OpenTime)) return ValueTask.CompletedTask;
        _metrics.Candle();
        return item.Kind == LaneItemKind.Live ? MergeAsync(instrument, partition, item, stop) : CommitAsync(instrument, partition, item, stop);
    }

    public async ValueTask WhenDueAsync(CancellationToken stop)
    {
        while (_owed.TryTakeDue(out var instrument, out var partition)) await LiveAsync(instrument, partition, stop);
    }

    private ValueTask MergeAsync(TrackedInstrument instrument, OwnedPartition partition, in LaneItem item, CancellationToken stop)
    {
        if (!instrument.State.Merge(item.Candle.Candle)) return ValueTask.CompletedTask;
        instrument.EventTime = item.Candle.EventTime;
        instrument.ReceivedAt = item.Candle.ReceivedAt;
        return _owed.IsDueNow(instrument, partition) ? LiveAsync(instrument, partition, stop) : ValueTask.CompletedTask;
    }

    private ValueTask CommitAsync(TrackedInstrument instrument, OwnedPartition partition, in LaneItem item, CancellationToken stop)
    {
        var before = instrument.State.ClosedMinutes;
        var skipped = instrument.SkippedBy(item.Candle.Candle.OpenTime);
        var outcome = instrument.Commit(item.Candle.Candle, item.Candle.Source);
        _metrics.MinutesHeld(instrument.State.ClosedMinutes - before);
        if (item.Kind != LaneItemKind.History)
        {
            if (instrument.State.NeedsRebuild) RebuildNeeded?.Invoke(instrument.Id, null);
            else if (skipped is not null) RebuildNeeded?.Invoke(instrument.Id, skipped);
        }

        if (outcome is CommitOutcome.Duplicate or CommitOutcome.TooOld || item.Silent || item.Kind == LaneItemKind.History) return ValueTask.CompletedTask;
        return PublishAsync(instrument, partition.Epoch, item, stop);
    }

    /// <summary>The frame of the new minute; of one that came late or was corrected also those behind it, oldest first, because their windows hold it.</summary>
    private async ValueTask PublishAsync(TrackedInstrument instrument, long epoch, LaneItem cause, CancellationToken stop)
    {
        var newest = instrument.State.LastClosedMinute;
        for (var minute = Math.Max(cause.Candle.Candle.OpenTime, newest - RevisedMs); minute <= newest; minute += Timeframe.MinuteMs)
        {
            Compare(instrument, minute - Timeframe.MinuteMs, isClosed: true);
            await _frames.ClosedAsync(instrument, minute, cause, epoch, stop);
        }
    }

    private ValueTask LiveAsync(TrackedInstrument instrument, OwnedPartition partition, CancellationToken stop)
    {
        Compare(instrument, instrument.State.FormingMinute - Timeframe.MinuteMs, isClosed: false);
        return _frames.LiveAsync(instrument, partition.Epoch, stop);
    }

    /// <summary>A heard close is only ahead of the stream: without the set its frame needs it is left to the stream's reader, who waits.</summary>
    private bool MayLead(TrackedInstrument instrument, long minute) =>
        instrument.IsNext(minute) && _universe.Find(instrument.Id.Exchange, minute - Timeframe.MinuteMs) is not null;

    /// <summary>A frame shows the complete set of the minute before. Until there is one, live frames keep what stands; a closed frame has none.</summary>
    private void Compare(TrackedInstrument instrument, long minute, bool isClosed)
    {
        if (instrument.ComparedAt == minute) return;
        if (_universe.Find(instrument.Id.Exchange, minute) is { } set) set.WriteTo(instrument.Id, instrument.State);
        else if (isClosed) instrument.State.Universe.Fill(double.NaN);
        else return;
        instrument.ComparedAt = minute;
    }

    private TrackedInstrument Track(OwnedPartition partition, InstrumentId id)
    {
        if (partition.Instruments.TryGetValue(id, out var known)) return known;
        return partition.Instruments[id] = new TrackedInstrument(_plans.Current, id, partition.Number);
    }

    private void Forget(int partition)
    {
        if (!_partitions.Remove(partition, out var owned)) return;
        _metrics.MinutesHeld(-owned.Instruments.Values.Sum(i => i.State.ClosedMinutes));
    }
}
