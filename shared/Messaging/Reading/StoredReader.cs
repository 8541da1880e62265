using CryptoScreener.Messaging.Connection;
using CryptoScreener.Messaging.Streams;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace CryptoScreener.Messaging.Reading;

/// <summary>
/// Reads a stream in order from a position that its caller keeps. No acknowledgements: whoever stores a batch's effects
/// stores its position with them, and a restart continues there. Survives reconnects, restarts and lost consumers.
/// </summary>
public sealed class StoredReader
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private readonly Bus _bus;
    private readonly MessagingMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<StoredReader> _logger;

    internal StoredReader(Bus bus, MessagingMetrics metrics, TimeProvider time, ILogger<StoredReader> logger)
    {
        _bus = bus;
        _metrics = metrics;
        _time = time;
        _logger = logger;
    }

    /// <summary>Runs until stopped, or until the handler throws.</summary>
    public Task ReadAsync(string stream, string filter, StreamPosition from, BatchHandler handler, CancellationToken stop) =>
        RunAsync(new StoredReadSession(_bus.JetStream, _metrics, _logger, stream, filter) { Position = from, Outage = new Outage(_time) }, handler, stop);

    /// <summary>Begins with the last message of each subject, then follows: for readers that keep only what is newest.</summary>
    public Task ReadLatestAsync(string stream, string filter, BatchHandler handler, CancellationToken stop) => RunAsync(
        new StoredReadSession(_bus.JetStream, _metrics, _logger, stream, filter)
        {
            Position = StreamPosition.Beginning,
            LastPerSubject = true,
            Outage = new Outage(_time),
        },
        handler,
        stop);

    private async Task RunAsync(StoredReadSession session, BatchHandler handler, CancellationToken stop)
    {
        await _bus.WhenReadyAsync(stop);
        while (true)
        {
            try
            {
                await session.RunAsync(handler, stop);
            }
            catch (Exception e) when (e is NatsException or TimeoutException or OperationCanceledException && !stop.IsCancellationRequested)
            {
                // The bus tells of its own absence, once for all who read.
                if (_bus.IsUp && session.Outage.IsNews()) MessagingLog.ReadInterrupted(_logger, session.Stream, session.Filter, e.Message, session.Position.Sequence);
            }

            await Task.Delay(RetryInterval, _time, stop);
        }
    }

    /// <summary>The newest message of a subject, if the stream has one.</summary>
    public Task<byte[]?> LastAsync(string stream, string subject, CancellationToken stop) => UntilAnsweredAsync(async () =>
    {
        var handle = await _bus.JetStream.GetStreamAsync(stream, cancellationToken: stop);
        try
        {
            var answer = await handle.GetAsync(new() { LastBySubj = subject }, stop);
            return answer.Message.Data.ToArray();
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            return null;
        }
    }, stop);

    /// <summary>Where the stream ends now: a reader that needs no history starts here.</summary>
    public async Task<StreamPosition> EndAsync(string stream, CancellationToken stop)
    {
        var span = await SpanAsync(stream, stop);
        return new StreamPosition(span.Last, span.Created);
    }

    /// <summary>What the stream holds now.</summary>
    public Task<StreamSpan> SpanAsync(string stream, CancellationToken stop) => UntilAnsweredAsync(async () =>
    {
        var info = (await _bus.JetStream.GetStreamAsync(stream, cancellationToken: stop)).Info;
        return new StreamSpan(info.State.FirstSeq, info.State.LastSeq, StreamBirth.Of(info));
    }, stop);

    private async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask, CancellationToken stop)
    {
        await _bus.WhenReadyAsync(stop);
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (e is NatsException or TimeoutException || (e is OperationCanceledException && !stop.IsCancellationRequested))
            {
                await Task.Delay(RetryInterval, _time, stop);
            }
        }
    }
}
