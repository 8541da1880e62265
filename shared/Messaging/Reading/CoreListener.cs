using CryptoScreener.Messaging.Connection;
using NATS.Client.Core;

namespace CryptoScreener.Messaging.Reading;

/// <summary>Hears what is published now. Nothing is replayed; a listener that lags loses the oldest messages first.</summary>
public sealed class CoreListener
{
    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;

    internal CoreListener(Bus bus, MessagingMetrics metrics)
    {
        _bus = bus;
        _metrics = metrics;
    }

    /// <summary>Runs until stopped; the subscription outlives reconnects.</summary>
    public async Task ListenAsync(string subject, BusHandler handler, CancellationToken stop)
    {
        await _bus.WhenReadyAsync(stop);
        var messages = _bus.Connection.SubscribeAsync(
            subject, serializer: NatsRawSerializer<NatsMemoryOwner<byte>>.Default, cancellationToken: stop);
        await foreach (var message in messages)
        {
            _metrics.Received();
            using var data = message.Data;
            handler(new BusMessage(message.Subject, data.Span));
        }
    }
}
