using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CryptoScreener.Contracts.Rules;
using CryptoScreener.Rules.Compilation;
using CryptoScreener.Rules.Triggers;

namespace CryptoScreener.Rules.Evaluation;

/// <summary>
/// The trigger states of one instrument and their timers. Only what differs from a rule that was never evaluated is
/// kept, so a million rules that do not fire cost nothing here.
/// </summary>
internal sealed class TriggerStates
{
    private const int MostTimers = 64;

    private readonly Dictionary<CompiledRule, Tracked> _states = [];
    private readonly PriorityQueue<CompiledRule, long> _timers = new();

    // A timer of a bar-close trigger waits for the closed frame, also when live news of the next minute overtakes it.
    private readonly PriorityQueue<CompiledRule, long> _closes = new();

    private long _closedThrough;

    public IEnumerable<KeyValuePair<CompiledRule, TriggerState>> All => _states.Select(s => KeyValuePair.Create(s.Key, s.Value.State));

    public int Timers => _timers.Count + _closes.Count;

    public TriggerOutcome Next(CompiledRule rule, Truth truth, Moment at, bool isBaseline)
    {
        if (truth != Truth.True && !_states.ContainsKey(rule)) return TriggerOutcome.None;
        ref var tracked = ref CollectionsMarshal.GetValueRefOrAddDefault(_states, rule, out _);
        tracked.State.Seen = Math.Max(tracked.State.Seen, at.Minute);
        var outcome = TriggerOutcome.None;
        if (isBaseline) TriggerMachine.Baseline(ref tracked.State, rule.Trigger, truth, at);
        else outcome = TriggerMachine.Next(ref tracked.State, rule.Trigger, truth, at);
        if (TriggerMachine.CanForget(in tracked.State, rule.Trigger, at.Time)) _states.Remove(rule);
        else Schedule(rule, ref tracked, at.Time);
        return outcome;
    }

    /// <summary>Everything up to this time has closed, which live news may run ahead of.</summary>
    public void Close(long time) => _closedThrough = time;

    /// <summary>Whether it would be news that the condition was true within this minute: it is at rest, and has not fired there.</summary>
    public bool IsAtRest(CompiledRule rule, long minute) =>
        !_states.TryGetValue(rule, out var tracked)
        || (tracked.State is { Phase: TriggerPhase.Inactive, Truth: not Truth.True } state && !(state.HasFired && state.LastFiredMinute >= minute));

    /// <summary>The next rule that asked to be looked at again by now.</summary>
    public bool TryTakeDue(Moment at, [NotNullWhen(true)] out CompiledRule? rule, out Truth truth) =>
        TryTake(_timers, at.Time, out rule, out truth) || (at.IsClosed && TryTake(_closes, at.Time, out rule, out truth));

    public void Restore(CompiledRule rule, TriggerState state, long now)
    {
        _closedThrough = Math.Max(_closedThrough, now);
        var tracked = new Tracked { State = state };
        Schedule(rule, ref tracked, now);
        _states[rule] = tracked;
    }

    public void Drop(Func<CompiledRule, bool> isGone)
    {
        foreach (var rule in _states.Keys)
        {
            if (isGone(rule)) _states.Remove(rule); // which a dictionary allows while it is walked
        }
    }

    /// <summary>Whether these conditions hold is for the next frame to say.</summary>
    public void Distrust(Func<CompiledRule, bool> isDoubtful)
    {
        foreach (var rule in _states.Keys)
        {
            if (isDoubtful(rule)) CollectionsMarshal.GetValueRefOrNullRef(_states, rule).State.Truth = Truth.Unknown;
        }
    }

    /// <inheritdoc cref="InstrumentRules.LoseSight"/>
    public void LoseSight(long after, long through)
    {
        foreach (var rule in _states.Keys)
            TriggerMachine.LoseSight(ref CollectionsMarshal.GetValueRefOrNullRef(_states, rule).State, rule.Trigger, after, through);
    }

    /// <summary>Whether its condition was looked at in a later minute than this.</summary>
    public bool WasSeenAfter(CompiledRule rule, long minute) => _states.TryGetValue(rule, out var tracked) && tracked.State.Seen > minute;

    /// <summary>One timer per rule: an earlier one that is set already will find out by itself that it is too early.</summary>
    private void Schedule(CompiledRule rule, ref Tracked tracked, long now)
    {
        // Bars close one after the other, whatever live news says meanwhile: the next close is that after the last one.
        var isOfClose = rule.Trigger.Mode == TriggerMode.OncePerBarClose;
        var due = TriggerMachine.DueAt(in tracked.State, rule.Trigger, isOfClose ? _closedThrough : now);
        if (due == long.MaxValue || (tracked.Timer != 0 && tracked.Timer <= due)) return;
        tracked.Timer = due;
        var timers = isOfClose ? _closes : _timers;
        timers.Enqueue(rule, due);
        if (timers.Count > MostTimers + (4 * _states.Count)) LeaveOutOverdue(timers, rule, due);
    }

    /// <summary>A rule that comes and goes before its timer is due leaves one behind each time.</summary>
    private void LeaveOutOverdue(PriorityQueue<CompiledRule, long> timers, CompiledRule rule, long due)
    {
        var alive = timers.UnorderedItems
            .Where(timer => _states.TryGetValue(timer.Element, out var tracked) && tracked.Timer == timer.Priority && timer.Element != rule)
            .Distinct().Append((rule, due)).ToList();
        timers.Clear();
        timers.EnqueueRange(alive);
    }

    private bool TryTake(PriorityQueue<CompiledRule, long> timers, long now, [NotNullWhen(true)] out CompiledRule? rule, out Truth truth)
    {
        while (timers.TryPeek(out rule, out var due) && due <= now)
        {
            timers.Dequeue();
            ref var tracked = ref CollectionsMarshal.GetValueRefOrNullRef(_states, rule);
            if (Unsafe.IsNullRef(ref tracked) || tracked.Timer != due) continue;
            tracked.Timer = 0;
            truth = tracked.State.Truth;
            return true;
        }

        (rule, truth) = (null, Truth.Unknown);
        return false;
    }

    private struct Tracked
    {
        public TriggerState State;

        /// <summary>When its timer is due; 0 without one.</summary>
        public long Timer;
    }
}
