using System.Threading.Channels;

namespace NATS.Client.Core;

public interface INatsSub<T> : IAsyncDisposable
{
    ChannelReader<NatsMsg<T>> Msgs { get; }

    string Subject { get; }

    string? QueueGroup { get; }

    ValueTask UnsubscribeAsync();

    /// <summary>Ends the subscription, but lets everything the server had already sent reach the reader first.</summary>
    ValueTask DrainAsync(CancellationToken cancellationToken = default);
}
