using System.Collections.Concurrent;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream.Internal;

/// <summary>A publish that waits for its acknowledgement.</summary>
internal sealed class PubAckSlot : ReplySlot<PubAckResponse>
{
    private const int MostPooled = 8192;
    private static readonly ConcurrentQueue<PubAckSlot> Pool = new();

    private string _lastStream = string.Empty;

    public static PubAckSlot Rent() => Pool.TryDequeue(out var slot) ? slot : new PubAckSlot();

    protected override PubAckResponse Read(in InboundMessage reply) =>
        reply.SaysNoResponders ? throw new NatsNoRespondersException() : Read(reply.Payload.Span);

    /// <exception cref="NatsJSException">It cannot be read.</exception>
    internal PubAckResponse Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Parse(json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new NatsJSException("The acknowledgement cannot be read; the message may or may not be stored", e);
        }
    }

    protected override void Recycle()
    {
        if (Pool.Count < MostPooled)
            Pool.Enqueue(this);
    }

    // By hand for the answer that always comes; the serializer for anything else.
    private PubAckResponse Parse(ReadOnlySpan<byte> json)
    {
        var ack = new PubAckResponse();
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("stream"u8))
                ack.Stream = StreamName(ref reader);
            else if (reader.ValueTextEquals("seq"u8) && reader.Read())
                ack.Seq = reader.GetUInt64();
            else if (reader.ValueTextEquals("duplicate"u8) && reader.Read())
                ack.Duplicate = reader.GetBoolean();
            else
                return Checked(JsonSerializer.Deserialize(json, ApiJson.Default.PubAckResponse));
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new JsonException("Not one object");
        return Checked(ack);
    }

    // Nothing is stored under no name or no number, and nobody may take such an answer for a success.
    private static PubAckResponse Checked(PubAckResponse? ack) =>
        ack is { Error: not null } or { Stream.Length: > 0, Seq: > 0 } ? ack : throw new JsonException("Neither stored nor refused");

    private string StreamName(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.ValueTextEquals(_lastStream) ? _lastStream : _lastStream = reader.GetString() ?? string.Empty;
    }
}
