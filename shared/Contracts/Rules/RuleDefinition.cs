using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Contracts.Rules;

/// <summary>A rule as it is stored: data, never code.</summary>
public sealed record RuleDefinition
{
    /// <summary>Part of alert subjects, so a subject token.</summary>
    public required string Id { get; init; }

    /// <summary>Raised by every change; part of the alert id, so a changed rule may fire where the old one has.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    /// <summary>The built-in preset's name, or <c>custom</c>.</summary>
    public required string RuleType { get; init; }

    /// <summary>The condition, in the rule language.</summary>
    public required string Expression { get; init; }

    public string Description { get; init; } = "";

    public AlertSeverity Severity { get; init; } = AlertSeverity.Info;

    public TriggerOptions Trigger { get; init; } = new();

    public RuleUniverse Universe { get; init; } = new();

    /// <summary>Null for the built-in ones.</summary>
    public string? Owner { get; init; }

    public IReadOnlyList<string> Endpoints { get; init; } = [];

    public bool Enabled { get; init; } = true;
}
