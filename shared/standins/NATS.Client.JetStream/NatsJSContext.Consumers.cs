using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public partial class NatsJSContext
{
    public ValueTask<INatsJSConsumer> CreateOrderedConsumerAsync(
        string stream, NatsJSOrderedConsumerOpts? opts = default, CancellationToken cancellationToken = default)
    {
        EnsureValidName(stream, nameof(stream));
        opts ??= NatsJSOrderedConsumerOpts.Default;
        return ValueTask.FromResult<INatsJSConsumer>(new NatsJSOrderedConsumer(this, stream, opts, cancellationToken));
    }

    public async ValueTask<INatsJSConsumer> CreateOrUpdateConsumerAsync(
        string stream, ConsumerConfig config, CancellationToken cancellationToken = default) =>
        new NatsJSConsumer(this, await DeclareAsync(stream, config, cancellationToken).ConfigureAwait(false));

    public async ValueTask<INatsJSConsumer> GetConsumerAsync(
        string stream, string consumer, CancellationToken cancellationToken = default) =>
        new NatsJSConsumer(this, await ConsumerInfoAsync(stream, consumer, cancellationToken).ConfigureAwait(false));

    public async ValueTask<bool> DeleteConsumerAsync(string stream, string consumer, CancellationToken cancellationToken = default)
    {
        EnsureValidName(stream, nameof(stream));
        EnsureValidName(consumer, nameof(consumer));
        var response = await CallAsync(
            $"CONSUMER.DELETE.{stream}.{consumer}",
            null,
            ApiJson.Default.ConsumerCreateRequest,
            ApiJson.Default.SuccessResponse,
            cancellationToken).ConfigureAwait(false);
        return response.Success;
    }

    internal ValueTask<ConsumerInfo> ConsumerInfoAsync(string stream, string consumer, CancellationToken cancellationToken)
    {
        EnsureValidName(stream, nameof(stream));
        EnsureValidName(consumer, nameof(consumer));
        return CallAsync(
            $"CONSUMER.INFO.{stream}.{consumer}",
            null,
            ApiJson.Default.ConsumerCreateRequest,
            ApiJson.Default.ConsumerInfo,
            cancellationToken);
    }

    internal ValueTask<ConsumerInfo> DeclareAsync(string stream, ConsumerConfig config, CancellationToken cancellationToken)
    {
        EnsureValidName(stream, nameof(stream));
        var subject = $"CONSUMER.CREATE.{stream}";
        if ((config.Name ?? config.DurableName) is { } name)
        {
            EnsureValidName(name, nameof(config));
            subject += $".{name}";
            // The filter is in the subject so that permissions can be given by it.
            if (!string.IsNullOrEmpty(config.FilterSubject))
                subject += $".{config.FilterSubject}";
        }

        var request = new ConsumerCreateRequest { StreamName = stream, Config = config };
        return CallAsync(subject, request, ApiJson.Default.ConsumerCreateRequest, ApiJson.Default.ConsumerInfo, cancellationToken);
    }
}
