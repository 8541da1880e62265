using System.Text.Json.Serialization;

namespace CryptoScreener.ApiGateway.Operations;

/// <summary>What Alertmanager posts (webhook version 4), as far as we read it.</summary>
internal sealed record AlertmanagerPost(IReadOnlyList<AlertmanagerAlert>? Alerts);

internal sealed record AlertmanagerAlert(
    string? Status,
    string? Fingerprint,
    IReadOnlyDictionary<string, string>? Labels,
    IReadOnlyDictionary<string, string>? Annotations,
    [property: JsonPropertyName("startsAt")] DateTimeOffset StartsAt,
    [property: JsonPropertyName("endsAt")] DateTimeOffset EndsAt);

/// <summary>An alert about the system itself.</summary>
/// <param name="HeardAt">When Alertmanager first told us: from its beginning to here is how long detection took.</param>
internal sealed record OperatorAlert(
    string Fingerprint, string Name, string Severity, string Summary, bool Firing, DateTime StartsAt, DateTime? EndsAt, DateTime HeardAt);
