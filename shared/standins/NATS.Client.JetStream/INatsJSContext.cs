using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public interface INatsJSContext
{
    INatsConnection Connection { get; }

    NatsJSOpts Opts { get; }

    ValueTask<PubAckResponse> PublishAsync<T>(
        string subject,
        T? data,
        INatsSerialize<T>? serializer = default,
        NatsJSPubOpts? opts = default,
        NatsHeaders? headers = default,
        CancellationToken cancellationToken = default);

    ValueTask<NatsJSPublishConcurrentFuture> PublishConcurrentAsync<T>(
        string subject,
        T? data,
        INatsSerialize<T>? serializer = default,
        NatsJSPubOpts? opts = default,
        NatsHeaders? headers = default,
        CancellationToken cancellationToken = default);

    ValueTask<INatsJSStream> CreateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default);

    ValueTask<NatsJSStream> UpdateStreamAsync(StreamConfig request, CancellationToken cancellationToken = default);

    ValueTask<INatsJSStream> CreateOrUpdateStreamAsync(StreamConfig config, CancellationToken cancellationToken = default);

    ValueTask<INatsJSStream> GetStreamAsync(
        string stream, StreamInfoRequest? request = null, CancellationToken cancellationToken = default);

    ValueTask<bool> DeleteStreamAsync(string stream, CancellationToken cancellationToken = default);

    ValueTask<StreamPurgeResponse> PurgeStreamAsync(
        string stream, StreamPurgeRequest request, CancellationToken cancellationToken = default);

    IAsyncEnumerable<string> ListStreamNamesAsync(string? subject = default, CancellationToken cancellationToken = default);

    ValueTask<INatsJSConsumer> CreateOrderedConsumerAsync(
        string stream, NatsJSOrderedConsumerOpts? opts = default, CancellationToken cancellationToken = default);

    ValueTask<INatsJSConsumer> CreateOrUpdateConsumerAsync(
        string stream, ConsumerConfig config, CancellationToken cancellationToken = default);

    ValueTask<INatsJSConsumer> GetConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default);

    ValueTask<bool> DeleteConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default);
}
