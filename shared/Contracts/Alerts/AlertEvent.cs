namespace CryptoScreener.Contracts.Alerts;

/// <summary>One firing, or the end or acknowledgement of one, of one rule on one instrument: what the ALERTS stream holds and every channel sends.</summary>
public sealed record AlertEvent
{
    /// <summary>See <see cref="AlertId"/>.</summary>
    public required string Id { get; init; }

    public required string Symbol { get; init; }

    public required string Exchange { get; init; }

    /// <summary>What kind of rule it was, for instance <c>futures_big_bull_60</c> or <c>custom</c>.</summary>
    public required string RuleType { get; init; }

    public required string RuleId { get; init; }

    public required int RuleVersion { get; init; }

    public required string Description { get; init; }

    public required AlertSeverity Severity { get; init; }

    public required AlertState State { get; init; }

    /// <summary>Event time of the update that made it so, never the wall clock; of an acknowledgement, when somebody gave it.</summary>
    public required DateTime Timestamp { get; init; }

    public required double Price { get; init; }

    /// <summary>The metrics the rule looked at, by name, with the values that made it fire.</summary>
    public required IReadOnlyDictionary<string, double> Metadata { get; init; }

    /// <summary>The part of the id that differs from firing to firing.</summary>
    public required string TriggerKey { get; init; }

    /// <summary>The account whose rule it is; null for the built-in ones, which everybody sees.</summary>
    public string? Owner { get; init; }

    /// <summary>For a resolved event: the firing that ended.</summary>
    public string? Resolves { get; init; }

    /// <summary>For an acknowledged event: the alert that was taken over …</summary>
    public string? Acknowledges { get; init; }

    /// <summary>… and by whom.</summary>
    public string? AcknowledgedBy { get; init; }

    /// <summary>Found while catching up, too old to be worth sending; recorded, not delivered.</summary>
    public bool Late { get; init; }

    /// <summary>Shared by all alerts of one rule in one minute, so that a burst over many instruments can be shown and sent as one.</summary>
    public string? Group { get; init; }

    /// <summary>Decided in event time when it fired: recorded, not delivered. Null for an alert that is delivered.</summary>
    public AlertSuppression? Suppressed { get; init; }

    /// <summary>Stage times (unix ms) from which latency is measured; 0 where unknown.</summary>
    public long ReceivedAt { get; init; }

    public long CalculatedAt { get; init; }

    public long EvaluatedAt { get; init; }

    /// <summary>The trace it belongs to, as W3C writes a <c>traceparent</c>: from the exchange's frame to every delivery.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The lease epoch of the engine that published it.</summary>
    public long Epoch { get; init; }
}
