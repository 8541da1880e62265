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
    private readonly OrderedPosition _fetched;

    internal NatsJSOrderedConsumer(
        NatsJSContext context, string stream, NatsJSOrderedConsumerOpts opts, CancellationToken cancellationToken)
    {
        _context = context;
        _stream = stream;
        _opts = opts;
        _lifetime = cancellationToken;
        _fetched = new OrderedPosition(opts);
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
        var position = new OrderedPosition(_opts);
        for (var idleRounds = 1; !stop.IsCancellationRequested; idleRounds++)
        {
            if (await NewConsumerAsync(position, stop).ConfigureAwait(false) is not { } info)
                yield break;
            var before = position.Last;
            try
            {
                await using var subscription = new ConsumeSubscription<T>(_context, _stream, info.Name, serializer, opts, isOrdered: true, stop);
                await using var stopping = stop.UnsafeRegister(static sub => ((NatsSubBase)sub!).End(), subscription);
                await subscription.StartAsync(stop).ConfigureAwait(false);
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
                        position.Read(sequence.Stream);
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

            // A consumer that gave nothing, and then another: not in a circle.
            if (position.Last != before)
                idleRounds = 0;
            else
                await PauseAsync(idleRounds, stop).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<INatsJSMsg<T>> FetchAsync<T>(
        NatsJSFetchOpts opts,
        INatsDeserialize<T>? serializer = default,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(_lifetime, cancellationToken);
        if (await NewConsumerAsync(_fetched, linked.Token).ConfigureAwait(false) is not { } info)
            yield break;
        try
        {
            var consumer = new NatsJSConsumer(_context, info);
            await foreach (var msg in consumer.FetchAsync(opts, serializer, linked.Token).ConfigureAwait(false))
            {
                if (msg.Metadata is { } metadata)
                    _fetched.Read(metadata.Sequence.Stream);
                yield return msg;
            }
        }
        finally
        {
            _ = DeleteQuietlyAsync(info.Name);
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
    private async ValueTask<ConsumerInfo?> NewConsumerAsync(OrderedPosition position, CancellationToken stop)
    {
        // The same name at every attempt: one whose answer got lost is found rather than left behind.
        var config = position.Describe(_context.Nats.NewInbox().Split('.')[^1]);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Info = await _context.DeclareAsync(_stream, config, stop).ConfigureAwait(false);
                position.Began(Info);
                return Info;
            }
            catch (Exception e) when (e is OperationCanceledException && stop.IsCancellationRequested || _context.Nats.IsDisposed)
            {
                _ = DeleteQuietlyAsync(config.Name!);
                return null;
            }
            catch (Exception e) when (IsTransient(e))
            {
                if (attempt == _opts.MaxResetAttempts)
                    throw new NatsJSException("Maximum number of create attempts reached.", e);
            }

            await PauseAsync(attempt, stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
                return null;
        }
    }

    private async Task PauseAsync(int attempt, CancellationToken stop)
    {
        var opts = _context.Nats.Opts;
        var wait = TimeSpan.FromTicks(Math.Min(opts.ReconnectWaitMin.Ticks * attempt, opts.ReconnectWaitMax.Ticks));
        await Task.Delay(wait, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool IsTransient(Exception error) =>
        error is NatsJSApiNoResponseException or NatsNoRespondersException or NatsJSApiException { Error.Code: 503 };

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
