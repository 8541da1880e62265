using System.Diagnostics;
using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.Messaging.Publishing;

/// <summary>
/// Stores a message on a subject that may hold one only: the same alert cannot be stored twice at any distance in time,
/// by whichever replica. Tries until the bus has answered.
/// </summary>
public sealed class OncePublisher
{
    private const int WrongLastSequence = 10071;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(200);
    private static readonly NatsJSPubOpts FirstOnSubject = new() { ExpectedLastSubjectSequence = 0 };

    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<OncePublisher> _logger;
    private readonly Outage _outage;

    internal OncePublisher(Bus bus, MessagingMetrics metrics, TimeProvider time, ILogger<OncePublisher> logger)
    {
        _bus = bus;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _outage = new Outage(time);
    }

    public async Task<PublishOutcome> PublishAsync(string subject, ReadOnlyMemory<byte> payload, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var ack = await _bus.JetStream.PublishAsync(
                    subject, payload, NatsRawSerializer<ReadOnlyMemory<byte>>.Default, FirstOnSubject, TraceOf(Activity.Current), stop);
                if (ack.Error is null)
                {
                    _metrics.Published();
                    return Answered(subject, PublishOutcome.Stored);
                }

                // Also the answer when our own earlier try was stored and only its acknowledgement got lost.
                if (ack.Error.ErrCode == WrongLastSequence) return Answered(subject, PublishOutcome.AlreadyStored);
                Failed(subject, ack.Error.Description);
            }
            catch (Exception e) when (e is NatsException or TimeoutException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                Failed(subject, e.Message);
            }

            await Task.Delay(RetryInterval, _time, stop);
        }
    }

    private PublishOutcome Answered(string subject, PublishOutcome outcome)
    {
        if (_outage.IsOver(out var lasted)) MessagingLog.PublishesAgain(_logger, subject, lasted);
        return outcome;
    }

    // The client writes it only while its own spans are recorded, which on market data would cost one a message.
    private static NatsHeaders? TraceOf(Activity? current) =>
        current is { IdFormat: ActivityIdFormat.W3C, Recorded: true, Id: { } id } ? new NatsHeaders { ["traceparent"] = id } : null;

    private void Failed(string subject, string? reason)
    {
        _metrics.PublishFailed();
        if (_bus.IsUp && _outage.IsNews()) MessagingLog.PublishRetried(_logger, subject, reason ?? "no reason given");
    }
}
