using CryptoScreener.Messaging.Connection;
using NATS.Client.Core;

namespace CryptoScreener.Messaging.Publishing;

/// <summary>At-most-once messages: live candles, live frames, status. Superseded by the next, so none is kept for an absent bus.</summary>
public sealed class CorePublisher
{
    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;

    internal CorePublisher(Bus bus, MessagingMetrics metrics)
    {
        _bus = bus;
        _metrics = metrics;
    }

    /// <summary>The payload may be reused as soon as this completes.</summary>
    public ValueTask PublishAsync(string subject, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (!_bus.IsUp) return ValueTask.CompletedTask;
        _metrics.Published();
        return _bus.Connection.PublishAsync(subject, payload, serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, cancellationToken: stop);
    }
}
