using System.Text.Json.Serialization;

namespace CryptoScreener.Hosting.Health;

internal sealed record HealthReport(
    string Status,
    string Service,
    string Instance,
    string Version,
    bool UpstreamPackages,
    DateTimeOffset StartedAt,
    IReadOnlyList<HealthCheckReport> Checks)
{
    [JsonIgnore]
    public bool IsGood { get; init; }
}

internal sealed record HealthCheckReport(string Name, string State, DateTimeOffset? Since, string Detail);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthReport))]
internal sealed partial class HealthJson : JsonSerializerContext;
