namespace CryptoScreener.Contracts.Rules;

/// <summary>How a rule fires. Durations are in seconds of event time; null or zero switches a part off.</summary>
public sealed record TriggerOptions
{
    public TriggerMode Mode { get; init; } = TriggerMode.OnEnter;

    /// <summary>The bar of the bar triggers, for instance <c>5m</c>.</summary>
    public string Bar { get; init; } = "1m";

    /// <summary>The N of <see cref="TriggerMode.Every"/>.</summary>
    public int EverySeconds { get; init; } = 60;

    /// <summary>The condition must have held this long first.</summary>
    public int HoldSeconds { get; init; }

    /// <summary>The condition must have been false this long before it may fire again.</summary>
    public int RearmSeconds { get; init; }

    public int CooldownSeconds { get; init; }

    public int MaxPerHour { get; init; }

    public DateTime? ExpiresAt { get; init; }
}
