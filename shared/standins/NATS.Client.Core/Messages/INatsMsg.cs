namespace NATS.Client.Core;

public interface INatsMsg
{
    NatsHeaders? Headers { get; }
}

public interface INatsMsg<T> : INatsMsg
{
    string Subject { get; init; }

    string? ReplyTo { get; init; }

    int Size { get; init; }

    T? Data { get; init; }

    INatsConnection? Connection { get; init; }

    NatsException? Error { get; }

    void EnsureSuccess();

    ValueTask ReplyAsync(
        NatsHeaders? headers = default,
        string? replyTo = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default);

    ValueTask ReplyAsync<TReply>(
        TReply data,
        NatsHeaders? headers = default,
        string? replyTo = default,
        INatsSerialize<TReply>? serializer = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default);
}
