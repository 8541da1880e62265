using System.Runtime.CompilerServices;
using NATS.Client.Core;
using NATS.Client.JetStream.Internal;
using NATS.Client.JetStream.Models;

namespace NATS.Client.JetStream;

/// <summary>
/// Reads a stream in order, with nothing missing and nothing twice, and without acknowledgements. The consumer on the server is
/// a throw-away: at the first doubt (a gap, silence, a reconnect) another one takes over behind the last message read.
/// </summary>
public class NatsJSOrderedConsumer : INatsJSConsumer
{
    private readonly NatsJSContext _context;
    private readonly string _stream;
    private readonly NatsJSOrderedConsumerOpts _opts;
    private readonly CancellationToken _lifetime;
    private ulong _fetched;

    internal NatsJSOrderedConsumer(
        NatsJSContext context, string stream, NatsJSOrderedConsumerOpts opts, CancellationToken cancellationToken)
    {
        _context = context;
        _stream = stream;
        _opts = opts;
        _lifetime = cancellationToken;
        Info = new ConsumerInfo { StreamName = string.Empty, Name = string.Empty };
    }

    public ConsumerInfo Info { get; private set; }

    public async IAsyncEnumerable<INatsJSMsg<T>> ConsumeAsync<T>(
        INatsDeserialize<T>? serializer = default,
        NatsJSConsumeOpts? opts = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_lifetime, cancellationToken);
        var stop = linked.Token;
        opts ??= _context.Opts.DefaultConsumeOpts;
        ulong lastSequence = 0;
        while (!stop.IsCancellationRequested)
        {
            if (await NewConsumerAsync(lastSequence, stop).ConfigureAwait(false) is not { } info)
                yield break;
            if (info.Delivered.StreamSeq < lastSequence)
                throw new NatsJSException("The stream ends before what was read of it: it was replaced or lost its end");
            if (lastSequence == 0 && _opts.DeliverPolicy == ConsumerConfigDeliverPolicy.New)
                lastSequence = info.Delivered.StreamSeq;
            try
            {
                await using var subscription = new ConsumeSubscription<T>(_context, _stream, info.Name, serializer, opts, isOrdered: true, stop);
                await subscription.StartAsync(stop).ConfigureAwait(false);
                await using var stopping = stop.UnsafeRegister(static sub => ((NatsSubBase)sub!).End(), subscription);
                ulong expected = 1;
                var isInOrder = true;
                while (isInOrder && await HasMoreAsync(subscription).ConfigureAwait(false))
                {
                    while (!stop.IsCancellationRequested && subscription.TryRead(out var msg))
                    {
                        var sequence = msg.Sequence;
                        isInOrder = sequence.Consumer == expected++;
                        if (!isInOrder)
                            break;
                        lastSequence = sequence.Stream;
                        yield return msg;
                    }

                    if (stop.IsCancellationRequested)
                        yield break;
                }
            }
            finally
            {
                _ = DeleteQuietlyAsync(info.Name);
            }
        }
    }

    public async IAsyncEnumerable<INatsJSMsg<T>> FetchAsync<T>(
        NatsJSFetchOpts opts,
        INatsDeserialize<T>? serializer = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (await NewConsumerAsync(_fetched, cancellationToken).ConfigureAwait(false) is not { } info)
            yield break;
        var consumer = new NatsJSConsumer(_context, info);
        await foreach (var msg in consumer.FetchAsync(opts, serializer, cancellationToken).ConfigureAwait(false))
        {
            _fetched = msg.Metadata?.Sequence.Stream ?? _fetched;
            yield return msg;
        }

        _ = DeleteQuietlyAsync(info.Name);
    }

    public async ValueTask<INatsJSMsg<T>?> NextAsync<T>(
        INatsDeserialize<T>? serializer = default, NatsJSNextOpts? opts = default, CancellationToken cancellationToken = default)
    {
        opts ??= _context.Opts.DefaultNextOpts;
        var fetch = new NatsJSFetchOpts { MaxMsgs = 1, Expires = opts.Expires, IdleHeartbeat = opts.IdleHeartbeat };
        await foreach (var msg in FetchAsync(fetch, serializer, cancellationToken).ConfigureAwait(false))
            return msg;
        return null;
    }

    public ValueTask RefreshAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <summary>False when another consumer has to take over; throws when none would fare better.</summary>
    private static async ValueTask<bool> HasMoreAsync<T>(ConsumeSubscription<T> subscription)
    {
        try
        {
            return await subscription.Msgs.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (NatsJSTimeoutException)
        {
            return false;
        }
        catch (NatsJSProtocolException e) when (e.HeaderMessage == NatsHeaders.Messages.ConsumerDeleted)
        {
            return false;
        }
    }

    // Null when cancelled, or the connection disposed of, meanwhile. A stream that is not there (yet) is the caller's to hear of.
    private async ValueTask<ConsumerInfo?> NewConsumerAsync(ulong lastSequence, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Info = await _context.DeclareAsync(_stream, Describe(lastSequence), stop).ConfigureAwait(false);
                return Info;
            }
            catch (Exception e) when (e is OperationCanceledException && stop.IsCancellationRequested || _context.Nats.IsDisposed)
            {
                return null;
            }
            catch (Exception e) when (IsTransient(e))
            {
                if (attempt == _opts.MaxResetAttempts)
                    throw new NatsJSException("Maximum number of create attempts reached.", e);
            }

            var opts = _context.Nats.Opts;
            var wait = TimeSpan.FromTicks(Math.Min(opts.ReconnectWaitMin.Ticks * attempt, opts.ReconnectWaitMax.Ticks));
            await Task.Delay(wait, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return null;
        }
    }

    private static bool IsTransient(Exception error) =>
        error is NatsJSApiNoResponseException or NatsNoRespondersException or NatsJSApiException { Error.Code: 503 };

    private ConsumerConfig Describe(ulong lastSequence)
    {
        var config = new ConsumerConfig
        {
            Name = _context.Nats.NewInbox().Split('.')[^1],
            DeliverPolicy = _opts.DeliverPolicy,
            OptStartSeq = _opts.OptStartSeq,
            OptStartTime = _opts.OptStartTime,
            AckPolicy = ConsumerConfigAckPolicy.None,
            ReplayPolicy = _opts.ReplayPolicy,
            InactiveThreshold = _opts.InactiveThreshold,
            NumReplicas = 1,
            MemStorage = true,
        };
        // One filter by the old field: servers before 2.10 ignore the new one and would deliver everything.
        if (_opts.FilterSubjects is [var only])
            config.FilterSubject = only;
        else if (_opts.FilterSubjects.Length > 1)
            config.FilterSubjects = _opts.FilterSubjects;
        if (lastSequence > 0)
        {
            config.DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence;
            config.OptStartSeq = lastSequence + 1;
            config.OptStartTime = default;
        }

        return config;
    }

    private async Task DeleteQuietlyAsync(string consumer)
    {
        try
        {
            await _context.DeleteConsumerAsync(_stream, consumer, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Gone already, or out of reach: the server deletes it after InactiveThreshold.
        }
    }
}
