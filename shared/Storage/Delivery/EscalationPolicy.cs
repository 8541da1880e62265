using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Delivery;

/// <summary>Where an owner's alerts go when their rule names no endpoint, step by step until somebody acknowledges.</summary>
public sealed record EscalationPolicy
{
    public required string Id { get; init; }

    /// <summary>Null for the operator's own: the built-in rules' alerts.</summary>
    public string? Owner { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for every severity that has no policy of its own.</summary>
    public AlertSeverity? Severity { get; init; }

    public required IReadOnlyList<EscalationStep> Steps { get; init; }
}

public sealed record EscalationStep(int AfterSeconds, IReadOnlyList<string> Endpoints);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<EscalationStep>))]
internal sealed partial class EscalationJson : JsonSerializerContext;
