namespace NATS.Client.Core;

public interface INatsClient : IAsyncDisposable
{
    ValueTask ConnectAsync();

    ValueTask<TimeSpan> PingAsync(CancellationToken cancellationToken = default);

    ValueTask PublishAsync<T>(
        string subject,
        T data,
        NatsHeaders? headers = default,
        string? replyTo = default,
        INatsSerialize<T>? serializer = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default);

    ValueTask PublishAsync(
        string subject,
        NatsHeaders? headers = default,
        string? replyTo = default,
        NatsPubOpts? opts = default,
        CancellationToken cancellationToken = default);

    IAsyncEnumerable<NatsMsg<T>> SubscribeAsync<T>(
        string subject,
        string? queueGroup = default,
        INatsDeserialize<T>? serializer = default,
        NatsSubOpts? opts = default,
        CancellationToken cancellationToken = default);

    ValueTask<NatsMsg<TReply>> RequestAsync<TRequest, TReply>(
        string subject,
        TRequest? data,
        NatsHeaders? headers = default,
        INatsSerialize<TRequest>? requestSerializer = default,
        INatsDeserialize<TReply>? replySerializer = default,
        NatsPubOpts? requestOpts = default,
        NatsSubOpts? replyOpts = default,
        CancellationToken cancellationToken = default);
}
