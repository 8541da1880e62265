using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.AlertEngine.Delivery;

/// <summary>What an endpoint's owner may set; what is absent is the channel's own.</summary>
internal sealed record EndpointSettings
{
    public static readonly EndpointSettings None = new();

    /// <summary>Alerts older than this are not worth sending.</summary>
    public int? MaxAgeSeconds { get; init; }

    public double? RatePerSecond { get; init; }

    /// <summary>How many attempts may run at once.</summary>
    public int? Concurrency { get; init; }

    /// <summary>A JSON text with placeholders, instead of the standard body.</summary>
    public string? Template { get; init; }

    /// <summary>Telegram: whom to write to.</summary>
    public string? ChatId { get; init; }

    /// <summary>E-mail: to whom.</summary>
    public IReadOnlyList<string>? To { get; init; }

    public static EndpointSettings Parse(string json) => JsonSerializer.Deserialize(json, EndpointSettingsJson.Default.EndpointSettings) ?? None;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(EndpointSettings))]
internal sealed partial class EndpointSettingsJson : JsonSerializerContext;
