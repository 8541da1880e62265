namespace CryptoScreener.Storage.Delivery;

/// <summary>Where deliveries go.</summary>
public sealed record Endpoint
{
    public required string Id { get; init; }

    /// <summary>Null for the operator's own.</summary>
    public string? Owner { get; init; }

    public required string Name { get; init; }

    /// <summary>The channel: webhook, discord, slack, telegram, pagerduty or email.</summary>
    public required string Kind { get; init; }

    public required string Url { get; init; }

    /// <summary>It was sealed with a key that this process does not hold: it cannot be sent to, nor saved without losing its secrets.</summary>
    public bool IsLocked => Url.Length == 0;

    /// <summary>Signing secrets, the current one first; a former one stays valid while it is listed.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The channel's settings, as JSON.</summary>
    public string Settings { get; init; } = "{}";

    public bool Enabled { get; init; } = true;

    /// <summary>Its owner asked to wait: what comes is kept and sent when it is resumed.</summary>
    public bool Paused { get; init; }

    /// <summary>Since when no attempt has succeeded (unix ms); null while it is well. Only the deliveries write it.</summary>
    public long? FailingSince { get; init; }

    /// <summary>Why it was disabled by the program itself, for instance after a 410.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>Since when (unix ms). Only the program writes it.</summary>
    public long? DisabledAt { get; init; }
}
