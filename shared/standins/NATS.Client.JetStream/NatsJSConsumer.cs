using System.Runtime.CompilerServices;
using NATS.Client.Core;
using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

/// <summary>A pull consumer that the server keeps.</summary>
public class NatsJSConsumer : INatsJSConsumer
{
    private readonly NatsJSContext _context;

    internal NatsJSConsumer(NatsJSContext context, ConsumerInfo info)
    {
        _context = context;
        Info = info;
    }

    public ConsumerInfo Info { get; private set; }

    public async IAsyncEnumerable<INatsJSMsg<T>> ConsumeAsync<T>(
        INatsDeserialize<T>? serializer = default,
        NatsJSConsumeOpts? opts = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        opts ??= _context.Opts.DefaultConsumeOpts;
        await using var subscription = new ConsumeSubscription<T>(
            _context, Info.StreamName, Info.Name, serializer, opts, isOrdered: false, cancellationToken);
        await subscription.StartAsync(cancellationToken).ConfigureAwait(false);
        await using var stopping = StopWhenCancelled(subscription, opts.DrainOnCancel, cancellationToken);

        subscription.ReaderEntered();
        try
        {
            while (await subscription.Msgs.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (!MustStop(opts, cancellationToken) && subscription.TryRead(out var msg))
                    yield return msg;

                if (MustStop(opts, cancellationToken))
                    yield break;
            }
        }
        finally
        {
            subscription.ReaderLeft();
        }
    }

    public async IAsyncEnumerable<INatsJSMsg<T>> FetchAsync<T>(
        NatsJSFetchOpts opts,
        INatsDeserialize<T>? serializer = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await using var subscription = new FetchSubscription<T>(_context, Info.StreamName, Info.Name, serializer, opts);
        await using var stopping = cancellationToken.UnsafeRegister(static sub => ((NatsSubBase)sub!).End(), subscription);
        await subscription.StartAsync(cancellationToken).ConfigureAwait(false);

        await foreach (var msg in subscription.Msgs.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (cancellationToken.IsCancellationRequested)
                yield break;
            yield return msg;
        }
    }

    public async ValueTask<INatsJSMsg<T>?> NextAsync<T>(
        INatsDeserialize<T>? serializer = default, NatsJSNextOpts? opts = default, CancellationToken cancellationToken = default)
    {
        opts ??= _context.Opts.DefaultNextOpts;
        var fetch = new NatsJSFetchOpts { MaxMsgs = 1, Expires = opts.Expires, IdleHeartbeat = opts.IdleHeartbeat };
        await foreach (var msg in FetchAsync(fetch, serializer, cancellationToken).ConfigureAwait(false))
            return msg;
        cancellationToken.ThrowIfCancellationRequested();
        return null;
    }

    public async ValueTask RefreshAsync(CancellationToken cancellationToken = default) =>
        Info = await _context.ConsumerInfoAsync(Info.StreamName, Info.Name, cancellationToken).ConfigureAwait(false);

    private static bool MustStop(NatsJSConsumeOpts opts, CancellationToken cancellationToken) =>
        !opts.DrainOnCancel && cancellationToken.IsCancellationRequested;

    private static CancellationTokenRegistration StopWhenCancelled(NatsSubBase subscription, bool drain, CancellationToken cancellationToken) => drain
        ? cancellationToken.UnsafeRegister(static sub => _ = ((NatsSubBase)sub!).DrainAsync().AsTask(), subscription)
        : cancellationToken.UnsafeRegister(static sub => ((NatsSubBase)sub!).End(), subscription);
}
