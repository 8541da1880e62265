using CryptoScreener.Messaging.Streams;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace CryptoScreener.Messaging.Reading;

/// <summary>One uninterrupted stretch of reading: opens an ordered consumer behind the position and hands over batches.</summary>
internal sealed class StoredReadSession(NatsJSContext jetStream, MessagingMetrics metrics, ILogger logger, string stream, string filter)
{
    private const int MaxBatch = 1024;

    private readonly List<NatsMemoryOwner<byte>> _owned = [];
    private readonly List<StoredMessage> _messages = [];
    private bool _truncated;
    private long _pending;

    public string Stream => stream;

    public string Filter => filter;

    public required StreamPosition Position { get; set; }

    /// <summary>Over with the first batch: a session that only opens has not read yet.</summary>
    public required Outage Outage { get; init; }

    /// <summary>With no position yet, begin with the last message of each subject instead of the first of all.</summary>
    public bool LastPerSubject { get; init; }

    public async Task RunAsync(BatchHandler handler, CancellationToken stop)
    {
        await OpenAsync(stop);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var consumer = await jetStream.CreateOrderedConsumerAsync(stream, Options(), ending.Token);
        var messages = consumer.ConsumeAsync(NatsRawSerializer<NatsMemoryOwner<byte>>.Default, cancellationToken: ending.Token);
        await using var cursor = messages.GetAsyncEnumerator(ending.Token);
        Task<bool>? next = null;
        try
        {
            while (await (next ?? cursor.MoveNextAsync().AsTask()))
            {
                (next, var pending) = await TakeAvailableAsync(cursor);
                if (Outage.IsOver(out var lasted)) MessagingLog.ReadsAgain(logger, stream, filter, lasted);
                await HandOverAsync(handler, pending, stop);
            }
        }
        finally
        {
            // An enumerator must not be disposed while it is being advanced.
            await ending.CancelAsync();
            if (next is not null) await next.ContinueWith(static t => t.Exception, TaskScheduler.Default);
            Lag(0);
            Release();
        }
    }

    /// <summary>Takes the current message and all that are there without waiting; returns the wait for the one after them.</summary>
    private async ValueTask<(Task<bool> Next, ulong Pending)> TakeAvailableAsync(IAsyncEnumerator<INatsJSMsg<NatsMemoryOwner<byte>>> cursor)
    {
        while (true)
        {
            var pending = Take(cursor.Current);
            var next = cursor.MoveNextAsync();
            if (_messages.Count >= MaxBatch || !next.IsCompletedSuccessfully) return (next.AsTask(), pending);
            if (!await next) return (Task.FromResult(false), pending);
        }
    }

    /// <summary>Notices a stream that was replaced or has already discarded what we have not read.</summary>
    private async Task OpenAsync(CancellationToken stop)
    {
        var info = (await jetStream.GetStreamAsync(stream, cancellationToken: stop)).Info;
        var created = StreamBirth.Of(info);
        var replaced = Position.Sequence > 0 &&
            ((Position.StreamCreated != 0 && Position.StreamCreated != created) || Position.Sequence > info.State.LastSeq);
        if (replaced)
        {
            MessagingLog.StreamReplaced(logger, stream, filter, DateTimeOffset.FromUnixTimeMilliseconds(created).UtcDateTime);
            Position = StreamPosition.Beginning;
        }
        else if (Position.Sequence > 0 && info.State.FirstSeq > Position.Sequence + 1)
        {
            MessagingLog.ReadTruncated(logger, stream, filter, info.State.FirstSeq, Position.Sequence);
            _truncated = true;
        }

        _truncated |= replaced;
        Position = Position with { StreamCreated = created };
    }

    private NatsJSOrderedConsumerOpts Options() => new()
    {
        FilterSubjects = [filter],
        DeliverPolicy = Position.Sequence > 0 ? ConsumerConfigDeliverPolicy.ByStartSequence
            : LastPerSubject ? ConsumerConfigDeliverPolicy.LastPerSubject : ConsumerConfigDeliverPolicy.All,
        OptStartSeq = Position.Sequence == 0 ? 0 : Position.Sequence + 1,
    };

    private ulong Take(INatsJSMsg<NatsMemoryOwner<byte>> message)
    {
        metrics.Received();
        var metadata = message.Metadata!.Value;
        _owned.Add(message.Data);
        _messages.Add(new StoredMessage(message.Subject, message.Data.Memory, metadata.Sequence.Stream, metadata.Timestamp));
        return metadata.NumPending;
    }

    private async ValueTask HandOverAsync(BatchHandler handler, ulong pending, CancellationToken stop)
    {
        var position = Position with { Sequence = _messages[^1].Sequence };
        Lag((long)pending + _messages.Count);
        await handler(new StoredBatch(_messages, position, pending, _truncated), stop);
        Lag((long)pending);
        Position = position;
        _truncated = false;
        Release();
    }

    private void Lag(long pending)
    {
        metrics.Lagging(stream, pending - _pending);
        _pending = pending;
    }

    private void Release()
    {
        foreach (var data in _owned) data.Dispose();
        _owned.Clear();
        _messages.Clear();
    }
}
