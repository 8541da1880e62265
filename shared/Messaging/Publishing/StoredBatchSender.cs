using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.Messaging.Publishing;

/// <summary>
/// Sends a batch in order with all its acknowledgements outstanding at once, and sends again, in order, what was not
/// acknowledged, until nothing is left.
/// </summary>
internal sealed class StoredBatchSender(Bus bus, MessagingMetrics metrics, TimeProvider time, ILogger logger)
{
    private const int FirstServerSideCode = 500; // a 4xx says the message itself is wrong; sending it again cannot help
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(2);

    private readonly List<StoredMessageOut> _waiting = [];
    private readonly List<StoredMessageOut> _again = [];
    private readonly List<NatsJSPublishConcurrentFuture?> _sent = [];
    private readonly Outage _outage = new(time);
    private string _lastReason = "";

    internal async Task SendAsync(IReadOnlyList<StoredMessageOut> batch, CancellationToken stop)
    {
        _waiting.Clear();
        _waiting.AddRange(batch);
        for (var pause = FirstRetry; ; pause = Longer(pause))
        {
            _again.Clear();
            await SendWaitingAsync(stop);
            await AwaitAcksAsync(stop);
            if (_again.Count == 0)
            {
                if (_outage.IsOver(out var lasted)) MessagingLog.PublishesAgain(logger, batch[^1].Subject, lasted);
                return;
            }

            // The bus tells of its own absence.
            if (bus.IsUp && _outage.IsNews()) MessagingLog.PublishRetried(logger, _again[0].Subject, _lastReason);
            _waiting.Clear();
            _waiting.AddRange(_again);
            await Task.Delay(pause, time, stop);
        }
    }

    /// <summary>One after the other, because what waits for the connection is not woken in order.</summary>
    private async Task SendWaitingAsync(CancellationToken stop)
    {
        _sent.Clear();
        foreach (var message in _waiting)
        {
            try
            {
                var opts = message.MessageId is null ? null : new NatsJSPubOpts { MsgId = message.MessageId };
                _sent.Add(await bus.JetStream.PublishConcurrentAsync(
                    message.Subject, message.Payload, serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default, opts: opts, cancellationToken: stop));
            }
            catch (Exception e) when (IsBusTrouble(e, stop) && e is not NatsPayloadTooLargeException)
            {
                Failed(e.Message);
                return; // the bus is away: the rest would wait as long, one after the other
            }
            catch (NatsPayloadTooLargeException e)
            {
                Refuse(message, e.Message);
                _sent.Add(null);
            }
        }
    }

    private async Task AwaitAcksAsync(CancellationToken stop)
    {
        for (var i = 0; i < _waiting.Count; i++)
            if (i >= _sent.Count || !await IsDoneWithAsync(_waiting[i], _sent[i], stop)) _again.Add(_waiting[i]);
    }

    /// <summary>False when it must be sent again.</summary>
    private async Task<bool> IsDoneWithAsync(StoredMessageOut message, NatsJSPublishConcurrentFuture? future, CancellationToken stop)
    {
        if (future is not { } sent) return true;
        try
        {
            await using var disposed = sent;
            var ack = await sent.GetResponseAsync(stop);
            if (ack.Error is not { } error) metrics.Published();
            else if (error.Code < FirstServerSideCode) Refuse(message, error.Description ?? "no reason given");
            else return Failed(error.Description ?? "no reason given");
            return true;
        }
        catch (Exception e) when (IsBusTrouble(e, stop))
        {
            return Failed(e.Message);
        }
    }

    private bool Failed(string reason)
    {
        metrics.PublishFailed();
        _lastReason = reason;
        return false;
    }

    private void Refuse(StoredMessageOut message, string reason)
    {
        metrics.PublishFailed();
        MessagingLog.PublishRefused(logger, message.Subject, reason);
    }

    private static bool IsBusTrouble(Exception e, CancellationToken stop) =>
        e is NatsException or TimeoutException || (e is OperationCanceledException && !stop.IsCancellationRequested);

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LastRetry ? pause * 2 : LastRetry;
}
