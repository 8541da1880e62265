using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

/// <summary>The acknowledgement of a publish that is on its way. Ask for it once, or dispose of it.</summary>
public readonly struct NatsJSPublishConcurrentFuture : IAsyncDisposable
{
    private readonly PubAckSlot _slot;
    private readonly ReplyTable _table;
    private readonly long _token;
    private readonly ValueTask<PubAckResponse> _ack;

    internal NatsJSPublishConcurrentFuture(PubAckSlot slot, ReplyTable table)
    {
        _slot = slot;
        _table = table;
        _token = slot.Token;
        _ack = slot.Task;
    }

    public ValueTask<PubAckResponse> GetResponseAsync(CancellationToken cancellationToken = default)
    {
        if (_ack.IsCompletedSuccessfully)
            return _ack;
        _slot.CancelWith(cancellationToken);
        return WaitAsync(_ack);
    }

    public ValueTask DisposeAsync()
    {
        // By token: the slot may long serve another publish.
        _table.TryTake(_token, out _);
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<PubAckResponse> WaitAsync(ValueTask<PubAckResponse> ack)
    {
        try
        {
            return await ack.ConfigureAwait(false);
        }
        catch (NatsNoReplyException)
        {
            throw new NatsJSPublishNoResponseException();
        }
    }
}
