namespace CryptoScreener.Contracts.Rules;

/// <summary>How a rule fires. Durations are in seconds of event time; null or zero switches a part off.</summary>
/// <remarks>
/// Properties with a default have a setter: the JSON source generator assigns init-only ones even where the text leaves
/// them out, and the default would be lost.
/// </remarks>
public sealed record TriggerOptions
{
    public TriggerMode Mode { get; set; } = TriggerMode.OnEnter;

    /// <summary>The bar of the bar triggers, for instance <c>5m</c>.</summary>
    public string Bar { get; set; } = "1m";

    /// <summary>The N of <see cref="TriggerMode.Every"/>.</summary>
    public int EverySeconds { get; set; } = 60;

    /// <summary>The condition must have held this long first.</summary>
    public int HoldSeconds { get; init; }

    /// <summary>The condition must have been false this long before it may fire again.</summary>
    public int RearmSeconds { get; init; }

    public int CooldownSeconds { get; init; }

    public int MaxPerHour { get; init; }

    public DateTime? ExpiresAt { get; init; }

    /// <summary>It fires only from this time of day (UTC) …</summary>
    public TimeOnly? ActiveFrom { get; init; }

    /// <summary>… until this one; past midnight when that is the earlier. Both or neither.</summary>
    public TimeOnly? ActiveUntil { get; init; }
}
