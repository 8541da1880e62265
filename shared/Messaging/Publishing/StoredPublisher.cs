using System.Threading.Channels;
using CryptoScreener.Messaging.Connection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CryptoScreener.Messaging.Publishing;

/// <summary>
/// Messages that must be stored: closed candles, marks, closed frames, feed events. Sent in order, many in flight, each
/// until the stream has acknowledged it; a repetition carries the same message id, so the stream keeps one.
/// </summary>
/// <remarks>
/// The buffer is bounded and refuses (<see cref="TryPublish"/> is false) rather than waits or drops: only the caller
/// knows whether a refused message is a gap to repair or a reason to stop reading.
/// </remarks>
public sealed class StoredPublisher : BackgroundService
{
    private const int Window = 512;

    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;
    private readonly StoredBatchSender _sender;
    private readonly Channel<StoredMessageOut> _queue;
    private long _accepted;
    private long _done;
    private volatile TaskCompletionSource _progress = NewSignal();

    internal StoredPublisher(Bus bus, MessagingMetrics metrics, IOptions<MessagingOptions> options, TimeProvider time, ILogger<StoredPublisher> logger)
    {
        _bus = bus;
        _metrics = metrics;
        _sender = new StoredBatchSender(bus, metrics, time, logger);
        _queue = Channel.CreateBounded<StoredMessageOut>(
            new BoundedChannelOptions(options.Value.PublishBuffer) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }

    /// <summary>How many accepted messages the stream has not acknowledged yet.</summary>
    public long Pending => Interlocked.Read(ref _accepted) - Interlocked.Read(ref _done);

    /// <summary>Copies the payload into the queue. False when the buffer is full: the message was not taken.</summary>
    public bool TryPublish(string subject, ReadOnlySpan<byte> payload, string? messageId = null)
    {
        var message = new StoredMessageOut(subject, payload, messageId);
        Interlocked.Increment(ref _accepted);
        if (!_bus.IsUp) _metrics.PublishFailed(); // it waits here, for the whole outage if need be
        if (_queue.Writer.TryWrite(message)) return true;
        Interlocked.Decrement(ref _accepted);
        message.Release();
        return false;
    }

    /// <summary>Like <see cref="TryPublish"/>, but waits for room: for readers whose own source can wait.</summary>
    public async ValueTask PublishAsync(string subject, ReadOnlyMemory<byte> payload, string? messageId, CancellationToken stop)
    {
        while (!TryPublish(subject, payload.Span, messageId))
            if (!await _queue.Writer.WaitToWriteAsync(stop)) throw new OperationCanceledException("the publisher has stopped");
    }

    /// <summary>Completes when everything accepted before this call is in its stream (or was refused for good and logged).</summary>
    public async Task FlushAsync(CancellationToken stop)
    {
        var target = Interlocked.Read(ref _accepted);
        while (true)
        {
            var progress = _progress;
            if (Interlocked.Read(ref _done) >= target) return;
            await progress.Task.WaitAsync(stop);
        }
    }

    /// <summary>Empties the queue first, for as long as the host's shutdown allows.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        if (Pending > 0 && ExecuteTask is { } running)
        {
            try
            {
                await running.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // the bus is away and the time is up: what is left is repaired as a gap after the restart
            }
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await _bus.WhenReadyAsync(stoppingToken);
        var batch = new List<StoredMessageOut>(Window);
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            while (batch.Count < Window && _queue.Reader.TryRead(out var message)) batch.Add(message);
            await _sender.SendAsync(batch, stoppingToken);
            foreach (var message in batch) message.Release();
            Interlocked.Add(ref _done, batch.Count);
            batch.Clear();
            Interlocked.Exchange(ref _progress, NewSignal()).TrySetResult();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
