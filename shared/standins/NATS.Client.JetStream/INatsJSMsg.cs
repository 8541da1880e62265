using NATS.Client.Core;

namespace NATS.Client.JetStream;

public interface INatsJSMsg<out T> : INatsMsg
{
    string Subject { get; }

    int Size { get; }

    T? Data { get; }

    INatsConnection? Connection { get; }

    NatsJSMsgMetadata? Metadata { get; }

    string? ReplyTo { get; }

    NatsException? Error { get; }

    void EnsureSuccess();

    ValueTask AckAsync(AckOpts? opts = null, CancellationToken cancellationToken = default);

    ValueTask NakAsync(AckOpts? opts = null, CancellationToken cancellationToken = default);

    ValueTask AckProgressAsync(AckOpts? opts = null, CancellationToken cancellationToken = default);

    ValueTask AckTerminateAsync(AckOpts? opts = null, CancellationToken cancellationToken = default);
}

public readonly record struct AckOpts
{
    public bool? DoubleAck { get; init; }

    public TimeSpan? NakDelay { get; init; }

    public string? TerminateReason { get; init; }
}

public readonly record struct NatsJSMsgMetadata(
    NatsJSSequencePair Sequence,
    ulong NumDelivered,
    ulong NumPending,
    DateTimeOffset Timestamp,
    string Stream,
    string Consumer,
    string Domain);

public readonly record struct NatsJSSequencePair(ulong Stream, ulong Consumer);
