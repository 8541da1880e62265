using System.Text.Json.Serialization;

namespace NATS.Client.JetStream.Models;

public record StreamInfoRequest
{
    /// <summary>Asks for the number of messages on each subject that matches.</summary>
    [JsonPropertyName("subjects_filter")]
    public string? SubjectsFilter { get; set; }

    [JsonPropertyName("offset")]
    public int Offset { get; set; }
}

/// <summary>One of: a sequence; the last on a subject; the first on a subject from a sequence on.</summary>
public record StreamMsgGetRequest
{
    [JsonPropertyName("seq")]
    public ulong Seq { get; set; }

    [JsonPropertyName("last_by_subj")]
    public string? LastBySubj { get; set; }

    [JsonPropertyName("next_by_subj")]
    public string? NextBySubj { get; set; }
}

public record StreamMsgGetResponse
{
    [JsonPropertyName("message")]
    public required StoredMessage Message { get; set; }
}

public record StoredMessage
{
    [JsonPropertyName("subject")]
    public required string Subject { get; set; }

    [JsonPropertyName("seq")]
    public ulong Seq { get; set; }

    [JsonPropertyName("data")]
    public ReadOnlyMemory<byte> Data { get; set; }

    [JsonPropertyName("time")]
    public required DateTimeOffset Time { get; set; }
}

public record StreamPurgeRequest
{
    [JsonPropertyName("filter")]
    public string? Filter { get; set; }

    [JsonPropertyName("seq")]
    public ulong Seq { get; set; }
}

public record StreamPurgeResponse
{
    [JsonPropertyName("success")]
    public bool Success { get; set; }

    [JsonPropertyName("purged")]
    public long Purged { get; set; }
}
