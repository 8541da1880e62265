using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Contracts.Rules;

/// <summary>A rule as it is stored: data, never code.</summary>
/// <remarks>
/// Properties with a default have a setter: the JSON source generator assigns init-only ones even where the text leaves
/// them out, and the default would be lost.
/// </remarks>
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

    public string Description { get; set; } = "";

    public AlertSeverity Severity { get; set; } = AlertSeverity.Info;

    public TriggerOptions Trigger { get; set; } = new();

    public RuleUniverse Universe { get; set; } = new();

    /// <summary>Null for the built-in ones.</summary>
    public string? Owner { get; init; }

    public IReadOnlyList<string> Endpoints { get; set; } = [];

    public bool Enabled { get; set; } = true;
}
