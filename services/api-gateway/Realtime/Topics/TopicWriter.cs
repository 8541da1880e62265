using System.Buffers;
using System.Text.Json;

namespace CryptoScreener.ApiGateway.Realtime.Topics;

/// <summary>The one buffer in which the clock's thread writes messages of all topics, each copied out once.</summary>
internal sealed class TopicWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64 * 1024);
    private readonly Utf8JsonWriter _json;

    public TopicWriter() => _json = new Utf8JsonWriter(_bytes);

    /// <summary>When the oldest news in the message at hand was known (unix ms); 0 for not measured.</summary>
    public long BornAt { get; private set; }

    public void Born(long at)
    {
        if (at > 0 && (BornAt == 0 || at < BornAt)) BornAt = at;
    }

    public Utf8JsonWriter Begin(string type, string subscription, long sequence)
    {
        BornAt = 0;
        _bytes.ResetWrittenCount();
        _json.Reset(_bytes);
        _json.WriteStartObject();
        _json.WriteString("type"u8, type);
        _json.WriteString("subscription"u8, subscription);
        _json.WriteNumber("sequence"u8, sequence);
        return _json;
    }

    public byte[] End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _bytes.WrittenSpan.ToArray();
    }
}
