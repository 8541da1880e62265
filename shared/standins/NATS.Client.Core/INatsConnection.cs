namespace NATS.Client.Core;

public interface INatsConnection : INatsClient
{
    event AsyncEventHandler<NatsEventArgs>? ConnectionDisconnected;

    event AsyncEventHandler<NatsEventArgs>? ConnectionOpened;

    event AsyncEventHandler<NatsEventArgs>? ReconnectFailed;

    event AsyncEventHandler<NatsMessageDroppedEventArgs>? MessageDropped;

    event AsyncEventHandler<NatsSlowConsumerEventArgs>? SlowConsumerDetected;

    event AsyncEventHandler<NatsLameDuckModeActivatedEventArgs>? LameDuckModeActivated;

    event AsyncEventHandler<NatsServerErrorEventArgs>? ServerError;

    INatsServerInfo? ServerInfo { get; }

    NatsOpts Opts { get; }

    NatsConnectionState ConnectionState { get; }

    ValueTask<INatsSub<T>> SubscribeCoreAsync<T>(
        string subject,
        string? queueGroup = default,
        INatsDeserialize<T>? serializer = default,
        NatsSubOpts? opts = default,
        CancellationToken cancellationToken = default);

    string NewInbox();
}
