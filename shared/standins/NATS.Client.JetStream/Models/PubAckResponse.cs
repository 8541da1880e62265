using System.Text.Json.Serialization;

namespace NATS.Client.JetStream.Models;

public record PubAckResponse
{
    [JsonPropertyName("error")]
    public ApiError? Error { get; set; }

    [JsonPropertyName("stream")]
    public string? Stream { get; set; }

    [JsonPropertyName("seq")]
    public ulong Seq { get; set; }

    [JsonPropertyName("duplicate")]
    public bool Duplicate { get; set; }

    [JsonPropertyName("domain")]
    public string? Domain { get; set; }
}
