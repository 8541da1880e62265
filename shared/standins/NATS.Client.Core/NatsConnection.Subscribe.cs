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
        if (subscription.IsEnded)
        {
            // Cancelled while we waited for the connection; the server need not hear of it.
            if (Subscriptions.Remove(subscription))
                Meter.Subscribed(-1);
            return;
        }

        try
        {
            while (!Outbound.TrySubscribe(subscription.Subject, subscription.QueueGroup, subscription.Sid))
                await WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The server was never told; a reconnect must not tell it for a caller who was refused.
            if (Subscriptions.Remove(subscription))
                Meter.Subscribed(-1);
            throw;
        }
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
