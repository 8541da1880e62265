using System.Text.Json.Serialization;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream.Internal;

internal sealed record ApiErrorResponse
{
    [JsonPropertyName("error")]
    public ApiError? Error { get; init; }
}

internal sealed record SuccessResponse
{
    [JsonPropertyName("success")]
    public bool Success { get; init; }
}

internal sealed record ConsumerCreateRequest
{
    [JsonPropertyName("stream_name")]
    public required string StreamName { get; init; }

    [JsonPropertyName("config")]
    public required ConsumerConfig Config { get; init; }
}

internal sealed record StreamNamesRequest
{
    [JsonPropertyName("subject")]
    public string? Subject { get; init; }

    [JsonPropertyName("offset")]
    public int Offset { get; init; }
}

internal sealed record StreamNamesResponse
{
    [JsonPropertyName("streams")]
    public string[]? Streams { get; init; }
}

internal sealed record NextRequest
{
    [JsonPropertyName("batch")]
    public long Batch { get; init; }

    [JsonPropertyName("expires")]
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan Expires { get; init; }

    [JsonPropertyName("max_bytes")]
    public long MaxBytes { get; init; }

    [JsonPropertyName("idle_heartbeat")]
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan IdleHeartbeat { get; init; }
}
