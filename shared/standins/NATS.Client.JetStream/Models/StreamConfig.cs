using System.Text.Json.Serialization;
using NATS.Client.JetStream.Internal;

namespace NATS.Client.JetStream.Models;

public record StreamConfig
{
    public StreamConfig()
    {
    }

    public StreamConfig(string name, ICollection<string> subjects)
    {
        Name = name;
        Subjects = subjects;
    }

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    [JsonPropertyName("subjects")]
    public ICollection<string>? Subjects { get; set; }

    [JsonPropertyName("retention")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StreamConfigRetention Retention { get; set; } = StreamConfigRetention.Limits;

    [JsonPropertyName("max_consumers")]
    public int MaxConsumers { get; set; }

    [JsonPropertyName("max_msgs")]
    public long MaxMsgs { get; set; }

    [JsonPropertyName("max_msgs_per_subject")]
    public long MaxMsgsPerSubject { get; set; }

    [JsonPropertyName("max_bytes")]
    public long MaxBytes { get; set; }

    [JsonPropertyName("max_age")]
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan MaxAge { get; set; }

    [JsonPropertyName("max_msg_size")]
    public int MaxMsgSize { get; set; }

    [JsonPropertyName("storage")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StreamConfigStorage Storage { get; set; } = StreamConfigStorage.File;

    [JsonPropertyName("compression")]
    public StreamConfigCompression Compression { get; set; } = StreamConfigCompression.None;

    [JsonPropertyName("num_replicas")]
    public int NumReplicas { get; set; }

    [JsonPropertyName("discard")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public StreamConfigDiscard Discard { get; set; } = StreamConfigDiscard.Old;

    [JsonPropertyName("duplicate_window")]
    [JsonConverter(typeof(NanosecondsConverter))]
    public TimeSpan DuplicateWindow { get; set; }

    [JsonPropertyName("deny_delete")]
    public bool DenyDelete { get; set; }

    [JsonPropertyName("deny_purge")]
    public bool DenyPurge { get; set; }

    [JsonPropertyName("allow_direct")]
    public bool AllowDirect { get; set; }

    [JsonPropertyName("metadata")]
    public IDictionary<string, string>? Metadata { get; set; }
}

public enum StreamConfigRetention
{
    Limits = 0,
    Interest = 1,
    Workqueue = 2,
}

public enum StreamConfigStorage
{
    File = 0,
    Memory = 1,
}

public enum StreamConfigDiscard
{
    Old = 0,
    New = 1,
}

public enum StreamConfigCompression
{
    None = 0,
    S2 = 1,
}
