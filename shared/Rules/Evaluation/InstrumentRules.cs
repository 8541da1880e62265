using CryptoScreener.Contracts.Instruments;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;
using CryptoScreener.Rules.Watching;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>
/// All rules on one instrument: frames in, firings and ends out, in event time. Begin a frame, then step until it is
/// done; between steps other instruments of the lane may have their turn.
/// </summary>
public sealed class InstrumentRules
{
    private readonly RuleLane _lane;
    private readonly string _quoteAsset;
    private readonly TriggerStates _states = new();
    private readonly PreviousFrame _previous = new();
    private readonly List<(WatchIndex Index, InstrumentWatch Watch)> _watches = [];
    private readonly ExtremeWatch? _extremes;
    private readonly OvertakenCloses _overtaken = new();
    private RuleEvent? _held;
    private bool _isAtExtremes;
    private RuleSet? _rules;
    private Moment _at;
    private bool _isBaseline;
    private int _watch;

    internal InstrumentRules(RuleLane lane, InstrumentId instrument, string quoteAsset) =>
        (_lane, Instrument, _quoteAsset, _extremes) = (lane, instrument, quoteAsset, lane.Prices is { } prices ? new ExtremeWatch(lane, prices) : null);

    public InstrumentId Instrument { get; }

    /// <summary>What differs from rules that never saw this instrument: what a checkpoint holds.</summary>
    public IEnumerable<KeyValuePair<CompiledRule, TriggerState>> States => _states.All;

    public bool IsDone { get; private set; } = true;

    /// <summary>How many times wait to be looked at again.</summary>
    internal int Timers => _states.Timers;

    /// <summary>Puts back a state of a checkpoint, before the first frame.</summary>
    public void Restore(CompiledRule rule, TriggerState state, long now)
    {
        state.Seen = Math.Max(state.Seen, state.LastFiredMinute); // what fired within a minute was seen in it
        _overtaken.SeenLive(state.Seen);
        _states.Restore(rule, state, now);
    }

    /// <summary>Puts back the last closed frame, so that crossings are known from the first frame on.</summary>
    public void RestoreClosed(long minute, ReadOnlySpan<double> frame) => _previous.Close(minute, frame);

    /// <summary>Starts on a frame; an empty one says that the instrument has no data now. False: it is too late to matter.</summary>
    /// <param name="isBaseline">Conditions are taken as they are, without firing: the end of an evaluation gap.</param>
    public bool Begin(ReadOnlySpan<double> frame, Moment at, bool isBaseline = false)
    {
        ThrowUnlessDone();
        if (_previous.IsTooLate(at.Minute, at.IsClosed)) return false;
        AdoptRules();
        foreach (var (_, watch) in _watches) watch.Begin(frame, _previous.Before(at.Minute));
        _isAtExtremes = _extremes is not null && at.IsClosed && !frame.IsEmpty && !isBaseline;
        if (_isAtExtremes) _extremes!.Begin(frame, _previous.Before(at.Minute));
        if (at.IsClosed && !frame.IsEmpty) _previous.Close(at.Minute, frame);
        if (at.IsClosed) _states.Close(at.Time);
        _overtaken.Begin(at, hasData: !frame.IsEmpty);
        (_at, _isBaseline, _watch, IsDone) = (at, isBaseline, 0, false);
        return true;
    }

    /// <summary>
    /// Of these minutes, after one and through another, nothing is known: every condition is unknown, so nothing fires and nothing ends,
    /// and what should last begins anew. The states are told themselves: conditions that were just restored do not change.
    /// </summary>
    public void LoseSight(long after, long through)
    {
        _states.LoseSight(after, through);
        if (!Begin([], new Moment(through, through, IsClosed: true))) return;
        RuleEvent none = default;
        while (!Step(new Span<RuleEvent>(ref none), out _))
        {
        }
    }

    /// <summary>No news, but the feed is known to be alive at this time: timers that are due count.</summary>
    public void BeginTick(Moment at)
    {
        ThrowUnlessDone();
        AdoptRules();
        _overtaken.BeginTick();
        (_at, _isBaseline, _watch, IsDone) = (at, false, _watches.Count, false);
    }

    /// <summary>
    /// Works until the frame is done (true) or <paramref name="events"/> could overflow (false): then call again, nothing
    /// is lost.
    /// </summary>
    public bool Step(Span<RuleEvent> events, out int count)
    {
        ArgumentOutOfRangeException.ThrowIfZero(events.Length, nameof(events));
        count = 0;
        if (_isAtExtremes && !StepExtremes(events, ref count)) return false;
        while (_watch < _watches.Count)
        {
            var room = Math.Min(events.Length - count, _lane.Changes.Length);
            if (room == 0) return false;
            var (index, watch) = _watches[_watch];
            var isDone = watch.Step(_lane.Changes.AsSpan(0, room), out var changes);
            foreach (var change in _lane.Changes.AsSpan(0, changes)) Apply(index.Rules[change.Rule], change.Truth, events, ref count);
            if (!isDone) return false;
            _watch++;
        }

        while (_overtaken.IsHeard)
        {
            if (count == events.Length) return false;
            var (rule, truth) = _overtaken.Take();
            Apply(rule, truth, events, ref count);
        }

        while (count < events.Length)
        {
            if (!_states.TryTakeDue(_at, out var rule, out var truth)) return IsDone = true;
            Apply(rule, truth, events, ref count);
        }

        return false;
    }

    private bool StepExtremes(Span<RuleEvent> events, ref int count)
    {
        if (_held is { } held) events[count++] = held;
        _held = null;
        while (_isAtExtremes)
        {
            // A touch fires and ends, which may be two events; the last of them can wait.
            var room = Math.Min((events.Length - count + 1) / 2, _lane.Touched.Length);
            if (room == 0) return false;
            _isAtExtremes = !_extremes!.Step(_lane.Touched.AsSpan(0, room), out var touched);
            foreach (var rule in _lane.Touched.AsSpan(0, touched)) Touch(rule, events, ref count);
            if (_held is not null) return false;
        }

        return true;
    }

    /// <summary>True for a moment of this minute, and over by its end. What live frames showed has had its turn.</summary>
    private void Touch(CompiledRule rule, Span<RuleEvent> events, ref int count)
    {
        if (!_rules!.IsInForce(rule) || !_states.IsAtRest(rule, _at.Minute)) return;
        var within = _at with { EventTime = _at.Time, IsClosed = false };
        foreach (var truth in (ReadOnlySpan<Truth>)[Truth.True, Truth.False])
        {
            var outcome = _states.Next(rule, truth, within, isBaseline: false);
            if (!outcome.Fires && !outcome.Resolves) continue;
            var touched = new RuleEvent(rule, outcome) { TouchedAt = _extremes!.Price };
            if (count < events.Length) events[count++] = touched;
            else _held = touched;
        }
    }

    private void Apply(CompiledRule rule, Truth truth, Span<RuleEvent> events, ref int count)
    {
        if (!_rules!.IsInForce(rule)) return;
        if (_overtaken.IsAtOne && truth != Truth.True && rule.Trigger.Mode != TriggerMode.OncePerBarClose && _states.WasSeenAfter(rule, _at.Minute))
        {
            // What is true now does not end because of an earlier minute; what was true in that minute may begin.
            _overtaken.Keep(rule, truth);
            return;
        }

        _overtaken.Forget(rule);
        var outcome = _states.Next(rule, truth, _at, _isBaseline);
        if (outcome.Fires || outcome.Resolves) events[count++] = new RuleEvent(rule, outcome);
    }

    private void AdoptRules()
    {
        if (!ReferenceEquals(_rules, _lane.Rules)) Adopt(_lane.Rules);
    }

    private void Adopt(RuleSet adopted)
    {
        _rules = adopted;
        _watches.RemoveAll(watch => !adopted.Indexes.Contains(watch.Index));
        var isKnown = _watches.ConvertAll(watch => watch.Index);
        foreach (var index in adopted.Indexes)
        {
            if (!isKnown.Contains(index)) _watches.Add((index, _lane.LaneOf(index).Follow(Instrument, _quoteAsset)));
        }

        _extremes?.Adopt(adopted, index => _lane.LaneOf(index).Follow(Instrument, _quoteAsset));
        _states.Drop(rule => !adopted.Holds(rule));
        _overtaken.Drop(rule => !adopted.Holds(rule));

        // Who has just begun to watch them tells only what changes from unknown: what was true may have ended unseen.
        _states.Distrust(rule => !isKnown.Contains(adopted.IndexOf(rule)));
    }

    private void ThrowUnlessDone()
    {
        if (IsDone) return;
        throw new InvalidOperationException($"The last frame of {Instrument} is not done: call Step until it returns true, then begin the next");
    }
}
