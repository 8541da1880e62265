using CryptoScreener.Messaging.Connection;
using NATS.Client.Core;

namespace CryptoScreener.Messaging.Reading;

/// <summary>Hears what is published now. Nothing is replayed; a listener that lags loses the oldest messages first.</summary>
public sealed class CoreListener
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;
    private readonly TimeProvider _time;

    internal CoreListener(Bus bus, MessagingMetrics metrics, TimeProvider time)
    {
        _bus = bus;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>Runs until stopped; the subscription outlives reconnects.</summary>
    public async Task ListenAsync(string subject, BusHandler handler, CancellationToken stop)
    {
        await _bus.WhenReadyAsync(stop);
        while (true)
        {
            try
            {
                await HearAsync(subject, handler, stop);
            }
            catch (Exception e) when (e is NatsException or TimeoutException)
            {
                // the bus hung while we subscribed: what is said meanwhile is superseded
            }

            await Task.Delay(RetryInterval, _time, stop);
        }
    }

    private async Task HearAsync(string subject, BusHandler handler, CancellationToken stop)
    {
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
