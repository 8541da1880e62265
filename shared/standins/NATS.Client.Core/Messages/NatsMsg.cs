using System.Diagnostics.CodeAnalysis;

namespace NATS.Client.Core;

[Flags]
public enum NatsMsgFlags : byte
{
    None = 0,
    Empty = 1,
    NoResponders = 2,
}

public readonly record struct NatsMsg<T> : INatsMsg<T>
{
    private const int SizeBits = 30;
    private const uint SizeMask = (1u << SizeBits) - 1;

    // Both live in one field: the struct is copied through every channel it passes.
    private readonly uint _flagsAndSize;

    public NatsMsg(
        string subject,
        string? replyTo,
        int size,
        NatsHeaders? headers,
        T? data,
        INatsConnection? connection,
        NatsMsgFlags flags = default)
    {
        Subject = subject;
        ReplyTo = replyTo;
        _flagsAndSize = ((uint)flags << SizeBits) | ((uint)size & SizeMask);
        Headers = headers;
        Data = data;
        Connection = connection;
    }

    public string Subject { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>Bytes of subject, reply subject, headers and payload together.</summary>
    public int Size
    {
        get => (int)(_flagsAndSize & SizeMask);
        init => _flagsAndSize = (_flagsAndSize & ~SizeMask) | ((uint)value & SizeMask);
    }

    public NatsMsgFlags Flags
    {
        get => (NatsMsgFlags)(_flagsAndSize >> SizeBits);
        init => _flagsAndSize = (_flagsAndSize & SizeMask) | ((uint)value << SizeBits);
    }

    public NatsHeaders? Headers { get; init; }

    public T? Data { get; init; }

    public INatsConnection? Connection { get; init; }

    public NatsException? Error => Headers?.Error;

    public bool IsEmpty => (Flags & NatsMsgFlags.Empty) != 0;

    public bool HasNoResponders => (Flags & NatsMsgFlags.NoResponders) != 0;

    public void EnsureSuccess()
    {
        if (HasNoResponders)
            throw new NatsNoRespondersException();
        if (Error is { } error)
            throw error;
    }

    public ValueTask ReplyAsync(
        NatsHeaders? headers = default,
        string? replyTo = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default)
    {
        EnsureRepliable();
        return Connection.PublishAsync(ReplyTo, headers, replyTo, opts, cancellationToken);
    }

    public ValueTask ReplyAsync<TReply>(
        TReply data,
        NatsHeaders? headers = default,
        string? replyTo = default,
        INatsSerialize<TReply>? serializer = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default)
    {
        EnsureRepliable();
        return Connection.PublishAsync(ReplyTo, data, headers, replyTo, serializer, opts, cancellationToken);
    }

    [MemberNotNull(nameof(Connection), nameof(ReplyTo))]
    private void EnsureRepliable()
    {
        if (Connection is null)
            throw new NatsException("unable to send reply; message did not originate from a subscription");
        if (string.IsNullOrWhiteSpace(ReplyTo))
            throw new NatsException("unable to send reply; ReplyTo is empty");
    }
}
