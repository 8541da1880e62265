using System.Diagnostics;
using System.Runtime.CompilerServices;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Telemetry;

namespace NATS.Client.Core;

public partial class NatsConnection
{
    private readonly RequestInbox _inbox;

    internal ReplyTable Replies => _inbox.Table;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<NatsMsg<TReply>> RequestAsync<TRequest, TReply>(
        string subject,
        TRequest? data,
        NatsHeaders? headers = default,
        INatsSerialize<TRequest>? requestSerializer = default,
        INatsDeserialize<TReply>? replySerializer = default,
        NatsPubOpts? requestOpts = default,
        NatsSubOpts? replyOpts = default,
        CancellationToken cancellationToken = default)
    {
        SubjectValidator.Validate(subject);
        replySerializer ??= Opts.SerializerRegistry.GetDeserializer<TReply>();
        var slot = RequestSlot<TReply>.Rent(this, replySerializer, replyOpts?.ThrowIfNoResponders ?? true);
        using var activity = TraceHeaders.IsOn ? TraceHeaders.Begin(subject, "request", Opts.InboxPrefix, ref headers) : null;
        var start = ConnectionMeter.Start();
        try
        {
            await SendRequestAsync(slot, subject, data, headers, requestSerializer, replyOpts?.Timeout, cancellationToken).ConfigureAwait(false);
            slot.CancelWith(cancellationToken);
            var reply = await slot.Task.ConfigureAwait(false);
            Meter.Finished(start, "request", null);
            return reply;
        }
        catch (Exception e)
        {
            Meter.Finished(start, "request", e);
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    /// <summary>Publishes with a reply subject of the shared inbox; the reply completes the slot.</summary>
    internal ValueTask SendRequestAsync<TRequest, TResult>(
        ReplySlot<TResult> slot,
        string subject,
        TRequest? data,
        NatsHeaders? headers,
        INatsSerialize<TRequest>? serializer,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        // While the connection is away the time to answer must not run yet: the request would time out and be sent all the same.
        if (!_inbox.IsReady || ConnectionState != NatsConnectionState.Open)
            return SubscribeInboxAndSendAsync(slot, subject, data, headers, serializer, timeout, cancellationToken);
        slot.Start(Replies, timeout ?? Opts.RequestTimeout);
        Span<char> buffer = stackalloc char[_inbox.LongestReplySubject];
        try
        {
            var sent = PublishRawAsync<TRequest>(subject, _inbox.ReplySubject(slot.Token, buffer), data, headers, serializer, cancellationToken);
            return sent.IsCompletedSuccessfully ? ValueTask.CompletedTask : AbandonOnFailureAsync(sent, slot);
        }
        catch
        {
            slot.Abandon();
            throw;
        }
    }

    private async ValueTask SubscribeInboxAndSendAsync<TRequest, TResult>(
        ReplySlot<TResult> slot,
        string subject,
        TRequest? data,
        NatsHeaders? headers,
        INatsSerialize<TRequest>? serializer,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
    {
        await WaitForOpenAsync(cancellationToken).ConfigureAwait(false);
        await _inbox.ReadyAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        await SendRequestAsync(slot, subject, data, headers, serializer, timeout, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask AbandonOnFailureAsync<TResult>(ValueTask sending, ReplySlot<TResult> slot)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch
        {
            slot.Abandon();
            throw;
        }
    }
}
