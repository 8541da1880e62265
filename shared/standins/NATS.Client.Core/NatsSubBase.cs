using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core;

/// <summary>What the connection knows of a subscription, whatever the type of its messages.</summary>
public abstract class NatsSubBase
{
    private volatile SubPlace _place;
    private volatile TaskCompletionSource? _reader;
    private int _ended;
    private int _slow;

    private protected NatsSubBase(NatsConnection connection, string subject, string? queueGroup)
    {
        Connection = connection;
        _place = new SubPlace(0, subject);
        QueueGroup = queueGroup;
    }

    public string Subject => _place.Subject;

    public string? QueueGroup { get; }

    internal NatsConnection Connection { get; }

    internal int Sid => _place.Sid;

    internal SubPlace Place
    {
        get => _place;
        set => _place = value;
    }

    internal bool IsEnded => Volatile.Read(ref _ended) != 0;

    public ValueTask UnsubscribeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the subscription once everything the server had already sent has reached the reader's channel.</summary>
    public virtual async ValueTask DrainAsync(CancellationToken cancellationToken = default)
    {
        if (IsEnded)
            return;
        // The server answers in order: what it sent before it saw the UNSUB has been read when the PONG is.
        Connection.Outbound.Unsubscribe(Sid);
        try
        {
            await Connection.PingAsync(cancellationToken).AsTask()
                .WaitAsync(Connection.Opts.DrainPingTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException or NatsException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        End();
    }

    public virtual ValueTask DisposeAsync()
    {
        End();
        return ValueTask.CompletedTask;
    }

    /// <summary>On the socket reader's time: what this awaits, every other subscription awaits too.</summary>
    internal abstract ValueTask ReceiveAsync(in InboundMessage message);

    /// <summary>The connection is open again and the server knows this subscription again.</summary>
    internal virtual void OnReconnected()
    {
    }

    /// <summary>There will be no connection any more.</summary>
    internal virtual void OnConnectionFailed(Exception reason) => End();

    /// <summary>Completes when the enumeration that reads this subscription, if there is one, has dealt with its last message.</summary>
    internal Task ReaderDoneAsync() => _reader?.Task ?? Task.CompletedTask;

    internal void ReaderEntered() => _reader = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void ReaderLeft() => _reader?.TrySetResult();

    internal void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return;
        if (Connection.Subscriptions.Remove(this))
        {
            Connection.Meter.Subscribed(-1);
            Connection.Outbound.Unsubscribe(Sid);
        }

        Complete();
    }

    internal bool TryMarkSlow() => Interlocked.Exchange(ref _slow, 1) == 0;

    /// <summary>Whether messages were dropped since the reader last caught up.</summary>
    internal bool IsSlow => Volatile.Read(ref _slow) != 0;

    internal void MarkRecovered() => Volatile.Write(ref _slow, 0);

    private protected abstract void Complete();
}
