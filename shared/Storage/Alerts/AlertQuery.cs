using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Alerts;

/// <summary>What alerts to search for, newest first; what is null does not restrict. Times are event times in unix ms.</summary>
public sealed record AlertQuery
{
    public string? Exchange { get; init; }

    public string? Symbol { get; init; }

    public string? RuleType { get; init; }

    public string? RuleId { get; init; }

    public AlertSeverity? AtLeast { get; init; }

    public AlertState? State { get; init; }

    public bool? Acknowledged { get; init; }

    public long? Since { get; init; }

    public long? Until { get; init; }

    /// <summary>Only alerts of built-in rules and of this owner's; null: only those of built-in rules.</summary>
    public string? VisibleTo { get; init; }

    /// <summary>Everybody's alerts, for administrators.</summary>
    public bool OfEveryOwner { get; init; }

    /// <summary>The last alert of the page before.</summary>
    public (long EventTime, string Id)? After { get; init; }

    public int Limit { get; init; } = 100;
}
