using System.Text.Json.Serialization;

namespace NATS.Client.JetStream.Models;

public record StreamInfo
{
    [JsonPropertyName("config")]
    public StreamConfig Config { get; set; } = new();

    [JsonPropertyName("state")]
    public StreamState State { get; set; } = new();

    [JsonPropertyName("created")]
    public DateTimeOffset Created { get; set; }
}

public record StreamState
{
    [JsonPropertyName("messages")]
    public long Messages { get; set; }

    [JsonPropertyName("bytes")]
    public long Bytes { get; set; }

    [JsonPropertyName("first_seq")]
    public ulong FirstSeq { get; set; }

    [JsonPropertyName("last_seq")]
    public ulong LastSeq { get; set; }

    [JsonPropertyName("subjects")]
    public IDictionary<string, long>? Subjects { get; set; }

    [JsonPropertyName("num_subjects")]
    public long NumSubjects { get; set; }
}
