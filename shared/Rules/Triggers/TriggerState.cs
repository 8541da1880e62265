namespace CryptoScreener.Rules.Triggers;

/// <summary>
/// All that is remembered of one rule on one instrument; <c>default</c> is a rule that was never evaluated. Plain data,
/// so that the engine can checkpoint it.
/// </summary>
public record struct TriggerState
{
    public TriggerPhase Phase { get; set; }

    /// <summary>What <see cref="TriggerPhase.NoData"/> interrupted.</summary>
    public TriggerPhase Interrupted { get; set; }

    /// <summary>The condition's truth at the last evaluation, also one that the trigger took no notice of.</summary>
    public Truth Truth { get; set; }

    /// <summary>There was a firing in this episode that has not been resolved.</summary>
    public bool IsOpen { get; set; }

    /// <summary>The exit of this episode was announced.</summary>
    public bool HasExited { get; set; }

    public bool HasFired { get; set; }

    /// <summary>When the phase began (unix ms).</summary>
    public long Since { get; set; }

    public long LastFiredAt { get; set; }

    public long LastFiredMinute { get; set; }

    public long LastKey { get; set; }

    /// <summary>The newest minute in which the condition was looked at: what closes earlier does not end what has been true since.</summary>
    public long Seen { get; set; }

    /// <summary>Firings in the clock hour of the last firing.</summary>
    public int FiredThisHour { get; set; }
}
