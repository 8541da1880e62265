using System.Runtime.CompilerServices;
using NATS.Client.Core.Internal;

namespace NATS.Client.Core;

public partial class NatsConnection
{
    public IAsyncEnumerable<NatsMsg<T>> SubscribeAsync<T>(
        string subject,
        string? queueGroup = default,
        INatsDeserialize<T>? serializer = default,
        NatsSubOpts? opts = default,
        CancellationToken cancellationToken = default)
    {
        // Here rather than in the iterator, so that a bad subject throws where it was given.
        SubjectValidator.Validate(subject);
        SubjectValidator.ValidateQueueGroup(queueGroup);
        return EnumerateAsync(subject, queueGroup, serializer, opts, cancellationToken);
    }

    public ValueTask<INatsSub<T>> SubscribeCoreAsync<T>(
        string subject,
        string? queueGroup = default,
        INatsDeserialize<T>? serializer = default,
        NatsSubOpts? opts = default,
        CancellationToken cancellationToken = default)
    {
        SubjectValidator.Validate(subject);
        SubjectValidator.ValidateQueueGroup(queueGroup);
        return SubscribeTypedAsync(subject, queueGroup, serializer, opts, cancellationToken);
    }

    internal async ValueTask AddAsync(NatsSubBase subscription, CancellationToken cancellationToken)
    {
        if (!IsOpen)
            await ConnectAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        Subscriptions.Add(subscription);
        Meter.Subscribed(1);
        try
        {
            // Disposal ends all the subscriptions it finds: either it found this one, or we see here that it was too late.
            ObjectDisposedException.ThrowIf(_disposed && !IsOpen, this);
            while (!subscription.IsEnded && !Outbound.TrySubscribe(subscription.Subject, subscription.QueueGroup, subscription.Sid))
                await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The server was never told; a reconnect must not tell it for a caller who was refused.
            Forget(subscription);
            throw;
        }

        if (!subscription.IsEnded)
            return;
        // Ended meanwhile, and its UNSUB may have been ahead of the SUB: the server would keep it for ever.
        Forget(subscription);
        Outbound.Unsubscribe(subscription.Sid);
    }

    /// <summary>
    /// Lets a subscription go on under another subject. The server forgets whatever it owed to the old one, and what it had
    /// already sent there still arrives, marked by the old id.
    /// </summary>
    internal void Move(NatsSubBase subscription, string subject)
    {
        var old = Subscriptions.Move(subscription, subject);
        Outbound.Move(old, subject, subscription.Sid);
        _ = ForgetOldPlaceAsync(old);
        if (subscription.IsEnded && Subscriptions.Remove(subscription))
            Outbound.Unsubscribe(subscription.Sid);
    }

    private void Forget(NatsSubBase subscription)
    {
        if (Subscriptions.Remove(subscription))
            Meter.Subscribed(-1);
    }

    // The PONG comes behind everything that was sent to the old place; a connection that breaks before it takes that along.
    private async Task ForgetOldPlaceAsync(int sid)
    {
        await ((Task)Pings.Ping()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Subscriptions.Forget(sid);
    }

    private async ValueTask<INatsSub<T>> SubscribeTypedAsync<T>(
        string subject, string? queueGroup, INatsDeserialize<T>? serializer, NatsSubOpts? opts, CancellationToken cancellationToken)
    {
        var subscription = NewSubscription(subject, queueGroup, serializer, opts, cancellationToken);
        await AddAsync(subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    private NatsSub<T> NewSubscription<T>(
        string subject, string? queueGroup, INatsDeserialize<T>? serializer, NatsSubOpts? opts, CancellationToken cancellationToken) =>
        new(this, subject, queueGroup, opts?.ChannelOpts, serializer ?? Opts.SerializerRegistry.GetDeserializer<T>(), cancellationToken);

    private async IAsyncEnumerable<NatsMsg<T>> EnumerateAsync<T>(
        string subject,
        string? queueGroup,
        INatsDeserialize<T>? serializer,
        NatsSubOpts? opts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var subscription = NewSubscription(subject, queueGroup, serializer, opts, cancellationToken);
        await AddAsync(subscription, cancellationToken).ConfigureAwait(false);
        subscription.ReaderEntered();
        try
        {
            // Cancellation ends the subscription, and what had arrived before it is still handed out.
            await foreach (var msg in subscription.Msgs.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return msg;
        }
        finally
        {
            subscription.ReaderLeft();
        }
    }
}
