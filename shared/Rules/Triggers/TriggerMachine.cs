using CryptoScreener.Contracts.Candles;
using CryptoScreener.Contracts.Rules;

namespace CryptoScreener.Rules.Triggers;

/// <summary>
/// Decides when a true condition becomes an alert. An episode begins when the condition has held and ends when it has
/// been false for the re-arm time; what fires within it is the mode's choice. Pure: all time is event time.
/// </summary>
public static class TriggerMachine
{
    private const long Hour = 3_600_000;

    public static TriggerOutcome Next(ref TriggerState state, TriggerPlan plan, Truth truth, Moment at)
    {
        state.Truth = truth;
        if (plan.Mode == TriggerMode.OncePerBarClose && !plan.ClosesBar(at)) return TriggerOutcome.None;
        if (truth == Truth.Unknown)
        {
            LoseSight(ref state);
            return TriggerOutcome.None;
        }

        if (state.Phase == TriggerPhase.NoData) RegainSight(ref state, at.Time);
        return truth == Truth.True ? WhileTrue(ref state, plan, at) : WhileFalse(ref state, plan, at);
    }

    /// <summary>
    /// Takes the condition as it is without firing: after downtime that is too long to catch up with. What is true counts
    /// as entered, its bar or slot as fired; only a "once" that never fired still may.
    /// </summary>
    public static void Baseline(ref TriggerState state, TriggerPlan plan, Truth truth, Moment at)
    {
        state.Truth = truth;
        state.Phase = truth switch
        {
            Truth.True => TriggerPhase.Firing,
            Truth.False => TriggerPhase.Inactive,
            _ => TriggerPhase.NoData,
        };
        state.Interrupted = TriggerPhase.Inactive;
        state.Since = at.Time;
        state.IsOpen = false;
        state.HasExited = false;
        if (truth == Truth.True) state.LastKey = Math.Max(state.LastKey, plan.KeyAt(at));
    }

    /// <summary>Nothing is known of the condition after one minute and through another.</summary>
    public static void LoseSight(ref TriggerState state, TriggerPlan plan, long after, long through)
    {
        state.Truth = Truth.Unknown;
        if (plan.LooksWithin(after, through)) LoseSight(ref state);
    }

    /// <summary>When to evaluate again although nothing changed, be it to forget; <see cref="long.MaxValue"/> for never.</summary>
    public static long DueAt(in TriggerState state, TriggerPlan plan, long now)
    {
        if (plan.Mode == TriggerMode.OncePerBarClose)
        {
            return state.Truth == Truth.True || state.HasFired || state.Phase is not (TriggerPhase.Inactive or TriggerPhase.NoData)
                ? plan.Bar.OpenOf(now + 1) + plan.Bar.Milliseconds - 1
                : long.MaxValue;
        }

        return state.Phase switch
        {
            TriggerPhase.Pending => state.Since + plan.Hold,
            TriggerPhase.Recovering => state.Since + plan.Rearm,
            TriggerPhase.Firing => NextFiring(in state, plan, now),
            TriggerPhase.Inactive when state.HasFired && plan.Mode != TriggerMode.Once => state.LastFiredAt + plan.Memory,
            _ => long.MaxValue,
        };
    }

    /// <summary>Whether <c>default</c> would behave the same from now on, so that the state need not be kept.</summary>
    public static bool CanForget(in TriggerState state, TriggerPlan plan, long now)
    {
        var phase = state.Phase == TriggerPhase.NoData ? state.Interrupted : state.Phase;
        if (phase != TriggerPhase.Inactive || state.Truth == Truth.True) return false;
        return !state.HasFired || (plan.Mode != TriggerMode.Once && now - state.LastFiredAt >= plan.Memory);
    }

    private static long NextFiring(in TriggerState state, TriggerPlan plan, long now)
    {
        var isOver = plan.Mode is TriggerMode.OnEnter or TriggerMode.OnExit || (plan.Mode == TriggerMode.Once && state.HasFired);
        if (isOver || now >= plan.ExpiresAt) return long.MaxValue;
        var due = plan.Mode switch
        {
            TriggerMode.OncePerBar => state.LastKey + plan.Bar.Milliseconds,
            TriggerMode.Every => (LastStretch(in state, plan) + 1) * plan.Every,
            _ => 0,
        };
        if (state.HasFired) due = Math.Max(due, Math.Max(state.LastFiredMinute + Timeframe.MinuteMs, state.LastFiredAt + plan.Cooldown));

        // What else may hold it back, the active hours and the cap, changes only on whole minutes.
        return due > now ? due : Timeframe.OneMinute.OpenOf(now) + Timeframe.MinuteMs;
    }

    private static TriggerOutcome WhileTrue(ref TriggerState state, TriggerPlan plan, Moment at)
    {
        var outcome = TriggerOutcome.None;
        if (state.Phase == TriggerPhase.Recovering)
        {
            if (at.Time - state.Since >= plan.Rearm) outcome = EndEpisode(ref state, at.Time);
            else Enter(ref state, TriggerPhase.Firing, at.Time);
        }

        if (state.Phase == TriggerPhase.Inactive) Enter(ref state, TriggerPhase.Pending, at.Time);
        var entered = state.Phase == TriggerPhase.Pending && at.Time - state.Since >= plan.Hold;
        if (entered) Enter(ref state, TriggerPhase.Firing, at.Time);
        if (state.Phase != TriggerPhase.Firing || !Wants(in state, plan, entered, at) || !TryFire(ref state, plan, at)) return outcome;
        state.IsOpen = true;
        return outcome with { Fires = true, FiredKey = state.LastKey };
    }

    private static TriggerOutcome WhileFalse(ref TriggerState state, TriggerPlan plan, Moment at)
    {
        var outcome = TriggerOutcome.None;
        if (state.Phase == TriggerPhase.Pending) Enter(ref state, TriggerPhase.Inactive, at.Time);
        if (state.Phase == TriggerPhase.Firing)
        {
            Enter(ref state, TriggerPhase.Recovering, at.Time);
            if (plan.Mode == TriggerMode.OnExit && !state.HasExited)
            {
                state.HasExited = true;
                if (TryFire(ref state, plan, at)) outcome = outcome with { Fires = true, FiredKey = state.LastKey };
            }
        }

        if (state.Phase != TriggerPhase.Recovering || at.Time - state.Since < plan.Rearm) return outcome;
        var end = EndEpisode(ref state, at.Time);
        return outcome with { Resolves = end.Resolves, ResolvedKey = end.ResolvedKey };
    }

    private static bool Wants(in TriggerState state, TriggerPlan plan, bool entered, Moment at) => plan.Mode switch
    {
        TriggerMode.OnEnter => entered,
        TriggerMode.OnExit => false,
        TriggerMode.Once => !state.HasFired,
        TriggerMode.Every => plan.StretchOf(at.Time) > LastStretch(in state, plan),
        _ => plan.KeyAt(at) > state.LastKey,
    };

    /// <summary>The stretch of the last firing, or that of a baseline, which counts as fired.</summary>
    private static long LastStretch(in TriggerState state, TriggerPlan plan) => plan.StretchOf(Math.Max(state.LastFiredAt, state.LastKey));

    /// <summary>What is not permitted now is not made up for later: an entry or exit in a cooldown stays silent.</summary>
    private static bool TryFire(ref TriggerState state, TriggerPlan plan, Moment at)
    {
        if (at.Time >= plan.ExpiresAt || !plan.IsActiveAt(at.Time)) return false;
        var firedThisHour = state.HasFired && state.LastFiredAt / Hour == at.Time / Hour ? state.FiredThisHour : 0;
        if (plan.MaxPerHour > 0 && firedThisHour >= plan.MaxPerHour) return false;
        if (state.HasFired && (at.Minute <= state.LastFiredMinute || at.Time - state.LastFiredAt < plan.Cooldown)) return false;
        state.HasFired = true;
        state.LastFiredAt = at.Time;
        state.LastFiredMinute = at.Minute;
        state.LastKey = plan.KeyAt(at);
        state.FiredThisHour = firedThisHour + 1;
        return true;
    }

    private static TriggerOutcome EndEpisode(ref TriggerState state, long time)
    {
        var outcome = state.IsOpen ? new TriggerOutcome(false, true, 0, state.LastKey) : TriggerOutcome.None;
        state.IsOpen = false;
        state.HasExited = false;
        Enter(ref state, TriggerPhase.Inactive, time);
        return outcome;
    }

    private static void LoseSight(ref TriggerState state)
    {
        if (state.Phase == TriggerPhase.NoData) return;
        state.Interrupted = state.Phase;
        state.Phase = TriggerPhase.NoData;
    }

    /// <summary>Goes on where the data stopped; what should have lasted through the hole starts anew.</summary>
    private static void RegainSight(ref TriggerState state, long time)
    {
        state.Phase = state.Interrupted;
        if (state.Phase is TriggerPhase.Pending or TriggerPhase.Recovering) state.Since = time;
    }

    private static void Enter(ref TriggerState state, TriggerPhase phase, long time)
    {
        state.Phase = phase;
        state.Since = time;
    }
}
