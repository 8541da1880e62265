using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public interface INatsJSStream
{
    StreamInfo Info { get; }

    ValueTask RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>Answered by any replica, in order with nothing else; the stream has to allow it.</summary>
    ValueTask<NatsMsg<T>> GetDirectAsync<T>(
        StreamMsgGetRequest request, INatsDeserialize<T>? serializer = default, CancellationToken cancellationToken = default);

    ValueTask<StreamMsgGetResponse> GetAsync(StreamMsgGetRequest request, CancellationToken cancellationToken = default);
}
