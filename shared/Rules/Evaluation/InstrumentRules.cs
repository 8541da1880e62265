using CryptoScreener.Contracts.Instruments;
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
    private RuleSet? _rules;
    private Moment _at;
    private bool _isBaseline;
    private int _watch;

    internal InstrumentRules(RuleLane lane, InstrumentId instrument, string quoteAsset) =>
        (_lane, Instrument, _quoteAsset) = (lane, instrument, quoteAsset);

    public InstrumentId Instrument { get; }

    /// <summary>What differs from rules that never saw this instrument: what a checkpoint holds.</summary>
    public IEnumerable<KeyValuePair<CompiledRule, TriggerState>> States => _states.All;

    public bool IsDone { get; private set; } = true;

    /// <summary>Puts back a state of a checkpoint, before the first frame.</summary>
    public void Restore(CompiledRule rule, TriggerState state, long now) => _states.Restore(rule, state, now);

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
        if (at.IsClosed && !frame.IsEmpty) _previous.Close(at.Minute, frame);
        (_at, _isBaseline, _watch, IsDone) = (at, isBaseline, 0, false);
        return true;
    }

    /// <summary>No news, but the feed is known to be alive at this time: timers that are due count.</summary>
    public void BeginTick(Moment at)
    {
        ThrowUnlessDone();
        AdoptRules();
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

        while (count < events.Length)
        {
            if (!_states.TryTakeDue(_at, out var rule, out var truth)) return IsDone = true;
            Apply(rule, truth, events, ref count);
        }

        return false;
    }

    private void Apply(CompiledRule rule, Truth truth, Span<RuleEvent> events, ref int count)
    {
        if (!_rules!.IsInForce(rule)) return;
        var outcome = _states.Next(rule, truth, _at, _isBaseline);
        if (outcome.Fires || outcome.Resolves) events[count++] = new RuleEvent(rule, outcome);
    }

    private void AdoptRules()
    {
        if (ReferenceEquals(_rules, _lane.Rules)) return;
        _rules = _lane.Rules;
        _watches.RemoveAll(watch => !_rules.Indexes.Contains(watch.Index));
        foreach (var index in _rules.Indexes)
        {
            if (!_watches.Exists(watch => ReferenceEquals(watch.Index, index)))
                _watches.Add((index, _lane.LaneOf(index).Follow(Instrument, _quoteAsset)));
        }

        _states.Drop(rule => !_rules.IsInForce(rule));
    }

    private void ThrowUnlessDone()
    {
        if (IsDone) return;
        throw new InvalidOperationException($"The last frame of {Instrument} is not done: call Step until it returns true, then begin the next");
    }
}
