using System.Buffers;
using System.Text;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;

namespace NATS.Client.Core.Internal;

/// <summary>Turns the reader's bytes into a message that outlives them.</summary>
internal static class MessageReader
{
    public static NatsMsg<T> Read<T>(
        in InboundMessage inbound, string subject, NatsConnection connection, INatsDeserialize<T> deserializer)
    {
        var headers = inbound.Headers.IsEmpty ? null : HeaderBlock.Read(inbound.Headers.Span);
        var flags = NatsMsgFlags.None;
        if (inbound.Payload.IsEmpty)
            flags = inbound.SaysNoResponders ? NatsMsgFlags.Empty | NatsMsgFlags.NoResponders : NatsMsgFlags.Empty;
        var replyTo = inbound.ReplyTo.IsEmpty ? null : Encoding.UTF8.GetString(inbound.ReplyTo);
        if (TraceHeaders.IsOn)
            TraceHeaders.Arrived(inbound, subject, connection.Opts.InboxPrefix, headers);
        var data = headers?.Error is null ? Deserialize(inbound.Payload, deserializer, ref headers) : default;
        return new NatsMsg<T>(subject, replyTo, inbound.Size, headers, data, connection, flags);
    }

    // Whatever a serializer throws belongs to the message, not to the connection it came over.
    private static T? Deserialize<T>(ReadOnlyMemory<byte> payload, INatsDeserialize<T> deserializer, ref NatsHeaders? headers)
    {
        try
        {
            return deserializer.Deserialize(new ReadOnlySequence<byte>(payload));
        }
        catch (Exception e)
        {
            headers ??= new NatsHeaders();
            headers.Error = new NatsDeserializeException(payload.ToArray(), e);
            return default;
        }
    }
}
