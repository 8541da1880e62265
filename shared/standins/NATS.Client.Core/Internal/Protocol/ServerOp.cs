namespace NATS.Client.Core.Internal.Protocol;

internal enum ServerOpKind
{
    Message,
    Info,
    Ping,
    Pong,
    Ok,
    Error,
}

/// <summary>One operation of the server, as offsets into and spans over the bytes it was read from.</summary>
internal ref struct ServerOp
{
    public ServerOpKind Kind;

    /// <summary>JSON of an INFO, text of an -ERR.</summary>
    public ReadOnlySpan<byte> Argument;

    public ReadOnlySpan<byte> Subject;
    public ReadOnlySpan<byte> ReplyTo;
    public int Sid;

    /// <summary>Where the headers, then the payload, begin.</summary>
    public int BodyOffset;
    public int HeaderLength;
    public int PayloadLength;

    /// <summary>Bytes of the whole operation, its line end included.</summary>
    public int Length;
}
