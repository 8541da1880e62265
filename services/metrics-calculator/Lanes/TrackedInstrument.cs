using CryptoScreener.Calculation;
using CryptoScreener.Contracts.Bus;
using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Instruments;

namespace CryptoScreener.MetricsCalculator.Lanes;

/// <summary>The state of one instrument and where its frames go. Its lane is the only one to touch it.</summary>
internal sealed class TrackedInstrument(CalculationPlan plan, InstrumentId id, int partition)
{
    /// <summary>More closed minutes than persistence is ever behind while the database is there.</summary>
    private const int RecentMinutes = 30;

    private readonly Queue<(Candle Candle, CandleSource Source)> _recent = new(RecentMinutes);

    public InstrumentId Id { get; } = id;

    public InstrumentState State { get; private set; } = new(plan);

    public string LiveSubject { get; } = Subjects.MetricsLive(partition, id);

    public string ClosedSubject { get; } = Subjects.MetricsClosed(partition, id);

    /// <summary>When the last live frame left (TimeProvider timestamp); 0 for never.</summary>
    public long LastLive { get; set; }

    /// <summary>A live frame is owed and stands in the lane's queue.</summary>
    public bool IsOwed { get; set; }

    /// <summary>Stage times of the newest forming candle.</summary>
    public long EventTime { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>Of which minute's complete set its ranks, correlation and beta are.</summary>
    public long ComparedAt { get; set; } = InstrumentState.None;

    private long _heardEpoch;
    private long _storedEpoch;

    /// <summary>
    /// Whether what was said of a minute is to be refused: by a collector that lost its lease, unless it stands in the stream for
    /// its successor too. There a closed minute is stored once, whoever of the two was the first to say it.
    /// </summary>
    public bool Refuses(LaneItemKind kind, long epoch, long openTime) =>
        IsDeposed(kind, epoch) && !(kind == LaneItemKind.Stored && openTime > State.LastClosedMinute);

    /// <summary>
    /// Whether a collector that lost its lease said this. Each source is held against its own past: what is stored comes
    /// later than what is heard, and a former collector's candles in the stream are as good as they were.
    /// </summary>
    public bool IsDeposed(LaneItemKind kind, long epoch)
    {
        if (kind == LaneItemKind.History) return false;
        ref var highest = ref kind == LaneItemKind.Stored ? ref _storedEpoch : ref _heardEpoch;
        if (epoch < highest) return true;
        highest = epoch;
        return false;
    }

    /// <summary>
    /// A closed candle heard ahead of the stream counts only if it is the next one: an earlier minute that core lost must
    /// get its own frame first, from the stream.
    /// </summary>
    public bool IsNext(long openTime) => openTime == State.LastClosedMinute + Timeframe.MinuteMs;

    /// <summary>
    /// The minutes that a closed candle leaves out, as open times; all before it while none is known. Most come later in the
    /// stream or never, but what collectors backfilled into the database may have been announced before anybody listened.
    /// </summary>
    public SkippedMinutes? SkippedBy(long openTime)
    {
        if (openTime <= State.LastClosedMinute || IsNext(openTime)) return null;
        var from = State.LastClosedMinute == InstrumentState.None ? long.MinValue : State.LastClosedMinute + Timeframe.MinuteMs;
        return new SkippedMinutes(from, openTime - Timeframe.MinuteMs);
    }

    /// <summary>Takes a closed candle and remembers it for a rebuild.</summary>
    public CommitOutcome Commit(in Candle closed, CandleSource source)
    {
        var outcome = State.Commit(closed, source);
        if (outcome is CommitOutcome.Duplicate or CommitOutcome.TooOld) return outcome;
        if (_recent.Count == RecentMinutes) NewestForgotten = Math.Max(NewestForgotten, _recent.Dequeue().Candle.OpenTime);
        _recent.Enqueue((closed, source));
        return outcome;
    }

    /// <summary>
    /// Open time of the newest minute that only the state knows: what is stored must reach up to it, or a rebuild would lack it.
    /// A snapshot brings minutes without their candles.
    /// </summary>
    public long NewestForgotten { get; private set; } = long.MinValue;

    public bool TryRestore(ReadOnlyMemory<byte> snapshot)
    {
        if (!State.TryReadSnapshot(snapshot)) return false;
        _recent.Clear();
        NewestForgotten = State.LastClosedMinute;
        return true;
    }

    /// <summary>On which bar (open time) the indicators of each timeframe stand.</summary>
    public Dictionary<Timeframe, long> Anchors() => State.Plan.Timeframes
        .Select(timeframe => (Timeframe: timeframe, Bar: State.AnchorOf(timeframe)))
        .Where(anchor => anchor.Bar != InstrumentState.None)
        .ToDictionary(anchor => anchor.Timeframe, anchor => anchor.Bar);

    /// <summary>Begins anew, on a plan that may be another, with what is stored, oldest first, and what may not be stored yet: as if all had come in order.</summary>
    public void Rebuild(CalculationPlan plan, IReadOnlyDictionary<Timeframe, Candle[]> bars, IReadOnlyList<CandleUpdate> stored)
    {
        var known = stored.Take(CountUpTo(State.LastClosedMinute, stored)).ToList();
        var end = known.Count == 0 ? long.MinValue : known[^1].Candle.OpenTime + Timeframe.MinuteMs;
        if (State.Plan == plan) State.Clear();
        else State = new InstrumentState(plan);
        foreach (var (timeframe, all) in bars) State.SeedBars(timeframe, [.. all.TakeWhile(bar => bar.OpenTime + timeframe.Milliseconds <= end)]);
        ComparedAt = InstrumentState.None;
        foreach (var row in known) State.Commit(row.Candle, row.Source);
        foreach (var (candle, source) in _recent.OrderBy(r => r.Candle.OpenTime)) State.Commit(candle, source);
    }

    /// <summary>
    /// Persistence may be ahead of us: a minute that we took from it would be known when the stream brings it, and get no frame.
    /// Backfilled ones are no exception: collectors fill holes in the stream with what they looked up.
    /// </summary>
    private static int CountUpTo(long newest, IReadOnlyList<CandleUpdate> stored)
    {
        if (newest == InstrumentState.None) return stored.Count;
        var count = 0;
        while (count < stored.Count && stored[count].Candle.OpenTime <= newest) count++;
        return count;
    }
}
