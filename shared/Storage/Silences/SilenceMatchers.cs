using System.Text.Json.Serialization;
using CryptoScreener.Contracts.Alerts;

namespace CryptoScreener.Storage.Silences;

/// <summary>Which alerts a silence covers: those that match everything given. Symbols may be patterns with <c>*</c> and <c>?</c>.</summary>
public sealed record SilenceMatchers
{
    public string? RuleId { get; init; }

    public string? Symbol { get; init; }

    public string? Exchange { get; init; }

    public AlertSeverity? Severity { get; init; }

    /// <summary>A silence of everything would be a mistake more often than a wish: name at least one.</summary>
    [JsonIgnore]
    public bool IsEmpty => RuleId is null && Symbol is null && Exchange is null && Severity is null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SilenceMatchers))]
public sealed partial class SilenceJson : JsonSerializerContext;
