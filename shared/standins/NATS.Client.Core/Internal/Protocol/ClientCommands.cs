namespace NATS.Client.Core.Internal.Protocol;

/// <summary>What a client says to a server, as it goes over the wire.</summary>
internal static class ClientCommands
{
    public static void Publish(
        this WireBuffer wire, ReadOnlySpan<char> subject, ReadOnlySpan<char> replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        wire.Write(headers.IsEmpty ? "PUB "u8 : "HPUB "u8);
        wire.Write(subject);
        wire.Write(" "u8);
        if (!replyTo.IsEmpty)
        {
            wire.Write(replyTo);
            wire.Write(" "u8);
        }

        if (!headers.IsEmpty)
        {
            wire.Write(headers.Length);
            wire.Write(" "u8);
        }

        wire.Write(headers.Length + payload.Length);
        wire.Write("\r\n"u8);
        wire.Write(headers);
        wire.Write(payload);
        wire.Write("\r\n"u8);
        wire.Messages++;
    }

    public static void Subscribe(this WireBuffer wire, string subject, string? queueGroup, int sid)
    {
        wire.Write("SUB "u8);
        wire.Write(subject);
        wire.Write(" "u8);
        if (queueGroup is not null)
        {
            wire.Write(queueGroup);
            wire.Write(" "u8);
        }

        wire.Write(sid);
        wire.Write("\r\n"u8);
    }

    public static void Unsubscribe(this WireBuffer wire, int sid)
    {
        wire.Write("UNSUB "u8);
        wire.Write(sid);
        wire.Write("\r\n"u8);
    }

    public static void Ping(this WireBuffer wire) => wire.Write("PING\r\n"u8);

    public static void Pong(this WireBuffer wire) => wire.Write("PONG\r\n"u8);
}
