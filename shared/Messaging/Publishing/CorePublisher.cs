using CryptoScreener.Messaging.Connection;
using NATS.Client.Core;

namespace CryptoScreener.Messaging.Publishing;

/// <summary>
/// At-most-once messages: live candles, live frames, status. Superseded by the next, so none is kept for an absent bus, and
/// a bus that hangs costs its caller one short wait a second, never an exception.
/// </summary>
public sealed class CorePublisher
{
    private static readonly TimeSpan StallPause = TimeSpan.FromSeconds(1);

    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;
    private readonly TimeProvider _time;
    private long _stalledAt;

    internal CorePublisher(Bus bus, MessagingMetrics metrics, TimeProvider time)
    {
        _bus = bus;
        _metrics = metrics;
        _time = time;
    }

    /// <summary>The payload may be reused as soon as this completes.</summary>
    public ValueTask PublishAsync(string subject, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        if (!_bus.IsUp || IsStalled)
        {
            _metrics.PublishFailed();
            return ValueTask.CompletedTask;
        }

        var publish = _bus.Connection.PublishAsync(
            subject, payload, serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, cancellationToken: stop);
        if (!publish.IsCompletedSuccessfully) return FinishAsync(publish, stop);
        _metrics.Published();
        return publish;
    }

    private bool IsStalled => Volatile.Read(ref _stalledAt) is not 0 and var at && _time.GetElapsedTime(at) < StallPause;

    private async ValueTask FinishAsync(ValueTask publish, CancellationToken stop)
    {
        try
        {
            await publish;
            _metrics.Published();
        }
        catch (Exception e) when (e is NatsException or TimeoutException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            _metrics.PublishFailed();
            Volatile.Write(ref _stalledAt, _time.GetTimestamp());
        }
    }
}
