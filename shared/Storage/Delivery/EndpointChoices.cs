using System.Text.Json;
using System.Text.Json.Serialization;

namespace CryptoScreener.Storage.Delivery;

/// <summary>What an owner may set; what is absent is the channel's own.</summary>
public sealed record EndpointChoices
{
    public static readonly EndpointChoices None = new();

    /// <summary>Alerts older than this are not worth sending.</summary>
    public int? MaxAgeSeconds { get; init; }

    public double? RatePerSecond { get; init; }

    /// <summary>How many attempts may run at once.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Webhooks: a JSON text with placeholders, instead of the standard body.</summary>
    public string? Template { get; init; }

    /// <summary>Telegram: whom to write to.</summary>
    public string? ChatId { get; init; }

    /// <summary>E-mail: to whom.</summary>
    public IReadOnlyList<string>? To { get; init; }

    public static EndpointChoices Parse(string json) => JsonSerializer.Deserialize(json, EndpointChoicesJson.Default.EndpointChoices) ?? None;

    public string ToJson() => JsonSerializer.Serialize(this, EndpointChoicesJson.Default.EndpointChoices);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EndpointChoices))]
internal sealed partial class EndpointChoicesJson : JsonSerializerContext;
