using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public interface INatsJSConsumer
{
    ConsumerInfo Info { get; }

    /// <summary>Pulls for ever, ahead of the reader; survives reconnects. Ends when cancelled, throws when the consumer is gone.</summary>
    IAsyncEnumerable<INatsJSMsg<T>> ConsumeAsync<T>(
        INatsDeserialize<T>? serializer = default,
        NatsJSConsumeOpts? opts = default,
        CancellationToken cancellationToken = default);

    /// <summary>The next message, or null when none came in time.</summary>
    ValueTask<INatsJSMsg<T>?> NextAsync<T>(
        INatsDeserialize<T>? serializer = default, NatsJSNextOpts? opts = default, CancellationToken cancellationToken = default);

    /// <summary>One pull: ends with the batch, or when its time is over.</summary>
    IAsyncEnumerable<INatsJSMsg<T>> FetchAsync<T>(
        NatsJSFetchOpts opts,
        INatsDeserialize<T>? serializer = default,
        CancellationToken cancellationToken = default);

    ValueTask RefreshAsync(CancellationToken cancellationToken = default);
}
