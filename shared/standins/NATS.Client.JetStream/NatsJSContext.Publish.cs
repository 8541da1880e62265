using System.Globalization;
using NATS.Client.Core;
using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Telemetry;
using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

public partial class NatsJSContext
{
    public async ValueTask<PubAckResponse> PublishAsync<T>(
        string subject,
        T? data,
        INatsSerialize<T>? serializer = default,
        NatsJSPubOpts? opts = default,
        NatsHeaders? headers = default,
        CancellationToken cancellationToken = default)
    {
        opts ??= NatsJSPubOpts.Default;
        for (var attempt = 1; attempt <= opts.RetryAttempts; attempt++)
        {
            try
            {
                var slot = await StartAsync(subject, data, serializer, opts, headers, cancellationToken).ConfigureAwait(false);
                slot.CancelWith(cancellationToken);
                return await slot.Task.ConfigureAwait(false);
            }
            catch (NatsNoReplyException)
            {
                throw new NatsJSPublishNoResponseException();
            }
            catch (NatsNoRespondersException)
            {
                // No stream listens yet, or its leader is being elected.
                await Task.Delay(opts.RetryWaitBetweenAttempts, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }

        throw new NatsJSPublishNoResponseException();
    }

    public async ValueTask<NatsJSPublishConcurrentFuture> PublishConcurrentAsync<T>(
        string subject,
        T? data,
        INatsSerialize<T>? serializer = default,
        NatsJSPubOpts? opts = default,
        NatsHeaders? headers = default,
        CancellationToken cancellationToken = default) =>
        new(await StartAsync(subject, data, serializer, opts, headers, cancellationToken).ConfigureAwait(false), Nats.Replies);

    private async ValueTask<PubAckSlot> StartAsync<T>(
        string subject, T? data, INatsSerialize<T>? serializer, NatsJSPubOpts? opts, NatsHeaders? headers, CancellationToken cancellationToken)
    {
        SubjectValidator.Validate(subject);
        headers = WithExpectations(headers, opts);
        using var activity = TraceHeaders.IsOn ? TraceHeaders.Begin(subject, "publish", Nats.Opts.InboxPrefix, ref headers) : null;
        var slot = PubAckSlot.Rent();
        await Nats.SendRequestAsync(slot, subject, data, headers, serializer, Opts.RequestTimeout, cancellationToken).ConfigureAwait(false);
        return slot;
    }

    private static NatsHeaders? WithExpectations(NatsHeaders? headers, NatsJSPubOpts? opts)
    {
        if (opts is null)
            return headers;
        Set("Nats-Msg-Id", opts.MsgId);
        Set("Nats-Expected-Last-Msg-Id", opts.ExpectedLastMsgId);
        Set("Nats-Expected-Stream", opts.ExpectedStream);
        Set("Nats-Expected-Last-Sequence", opts.ExpectedLastSequence?.ToString(CultureInfo.InvariantCulture));
        Set("Nats-Expected-Last-Subject-Sequence", opts.ExpectedLastSubjectSequence?.ToString(CultureInfo.InvariantCulture));
        return headers;

        void Set(string key, string? value)
        {
            if (value is not null)
                (headers ??= [])[key] = value;
        }
    }
}
