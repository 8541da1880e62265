namespace NATS.Client.Core.Internal.Protocol;

/// <summary>A message while the socket reader still owns its bytes.</summary>
internal readonly ref struct InboundMessage(
    ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo, ReadOnlyMemory<byte> headers, ReadOnlyMemory<byte> payload, int sid = 0)
{
    /// <summary>Under which of its subscription's ids it came; one that has moved hears both for a while.</summary>
    public int Sid { get; } = sid;

    public ReadOnlySpan<byte> Subject { get; } = subject;

    public ReadOnlySpan<byte> ReplyTo { get; } = replyTo;

    public ReadOnlyMemory<byte> Headers { get; } = headers;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public bool SaysNoResponders => Payload.IsEmpty && HeaderBlock.HasStatus(Headers.Span, "503"u8);

    public int Size => Subject.Length + ReplyTo.Length + Headers.Length + Payload.Length;
}
