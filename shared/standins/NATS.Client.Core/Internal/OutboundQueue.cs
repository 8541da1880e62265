using System.Diagnostics;
using System.Threading.Tasks.Sources;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;

namespace NATS.Client.Core.Internal;

/// <summary>
/// What is to be sent, between any number of publishers and the one writer. Publishers fill one buffer while the writer sends
/// the other, so that everything published during a write goes out with the next one. After a quiet moment the publisher sends
/// by itself: a lone message then costs no change of threads. The queue outlives connections: what no socket had taken yet is
/// sent after the reconnect.
/// </summary>
internal sealed class OutboundQueue : IValueTaskSource<WireBuffer?>
{
    // Publishers in a loop come back sooner than this, and are better off when the writer collects what they say.
    private static readonly long Quiet = Stopwatch.Frequency / 100_000;

    private readonly Lock _gate = new();
    private readonly ConnectionMeter _meter;
    private readonly int _limit;
    private WireBuffer _filling;
    private WireBuffer? _spare;
    private TaskCompletionSource? _roomFreed;
    private ManualResetValueTaskSourceCore<bool> _wakeUp = new() { RunContinuationsAsynchronously = true };
    private Stream? _stream;
    private Exception? _publisherFailed;
    private bool _writerSleeps;
    private bool _publisherSends;
    private long _taken;
    private long _lastTaken;

    /// <summary>Full means full: publishers wait, nothing is dropped. Control commands are short and always fit.</summary>
    public OutboundQueue(int limit, ConnectionMeter meter)
    {
        _meter = meter;
        _limit = limit;
        _filling = new WireBuffer(limit);
        _spare = new WireBuffer(limit);
    }

    private enum Then
    {
        Nothing,
        WakeWriter,
        SendMyself,
    }

    /// <summary>How many bytes sockets have taken, of all that was ever written; compare with what <see cref="Ping"/> returns.</summary>
    public long Taken
    {
        get
        {
            lock (_gate)
                return _taken;
        }
    }

    public bool TryPublish(ReadOnlySpan<char> subject, ReadOnlySpan<char> replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        Then then;
        lock (_gate)
        {
            if (_filling.Count >= _limit)
                return false;
            _filling.Publish(subject, replyTo, headers, payload);
            then = Written();
        }

        Do(then);
        return true;
    }

    public bool TrySubscribe(string subject, string? queueGroup, int sid)
    {
        Then then;
        lock (_gate)
        {
            if (_filling.Count >= _limit)
                return false;
            _filling.Subscribe(subject, queueGroup, sid);
            then = Written();
        }

        Do(then);
        return true;
    }

    public void Unsubscribe(int sid)
    {
        Then then;
        lock (_gate)
        {
            _filling.Unsubscribe(sid);
            then = Written();
        }

        Do(then);
    }

    /// <summary>The position behind the PING: once <see cref="Taken"/> has reached it, a socket has it.</summary>
    public long Ping()
    {
        Then then;
        long position;
        lock (_gate)
        {
            _filling.Ping();
            position = _taken + _filling.Count;
            then = Written();
        }

        Do(then);
        return position;
    }

    public void Pong()
    {
        Then then;
        lock (_gate)
        {
            _filling.Pong();
            then = Written();
        }

        Do(then);
    }

    /// <summary>Completes when a publisher that found the queue full may try again.</summary>
    public Task RoomFreed()
    {
        lock (_gate)
        {
            if (_filling.Count < _limit)
                return Task.CompletedTask;
            _roomFreed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _roomFreed.Task;
        }
    }

    public void StartWriter(Stream stream)
    {
        lock (_gate)
            (_stream, _publisherFailed) = (stream, null);
    }

    public void StopWriter()
    {
        bool wake;
        lock (_gate)
        {
            _stream = null;
            wake = _writerSleeps;
            _writerSleeps = false;
        }

        Do(wake ? Then.WakeWriter : Then.Nothing);
    }

    /// <summary>For the writer: the next bytes to send, to be given back; null once it has been stopped.</summary>
    public ValueTask<WireBuffer?> TakeAsync()
    {
        lock (_gate)
        {
            if (_stream is null || _publisherFailed is not null || (_filling.Count > 0 && !_publisherSends))
                return new ValueTask<WireBuffer?>(TakeFilled());
            _wakeUp.Reset();
            _writerSleeps = true;
            return new ValueTask<WireBuffer?>(this, _wakeUp.Version);
        }
    }

    public void GiveBack(WireBuffer sent)
    {
        _meter.Sent(sent.Messages, sent.Count);
        lock (_gate)
        {
            sent.Clear();
            _spare = sent;
        }
    }

    WireBuffer? IValueTaskSource<WireBuffer?>.GetResult(short token)
    {
        lock (_gate)
        {
            _wakeUp.GetResult(token);
            return TakeFilled();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<WireBuffer?>.GetStatus(short token) => _wakeUp.GetStatus(token);

    void IValueTaskSource<WireBuffer?>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wakeUp.OnCompleted(continuation, state, token, flags);

    private WireBuffer? TakeFilled()
    {
        if (_stream is null)
            return null;
        if (_publisherFailed is { } failure)
            throw new IOException("Sending failed", failure);
        var taken = _filling;
        _filling = _spare ?? new WireBuffer(_limit);
        _spare = null;
        _taken += taken.Count;
        _lastTaken = Stopwatch.GetTimestamp();
        _roomFreed?.TrySetResult();
        _roomFreed = null;
        return taken;
    }

    private Then Written()
    {
        if (!_writerSleeps || _publisherSends)
            return Then.Nothing;
        if (Stopwatch.GetTimestamp() - _lastTaken >= Quiet)
        {
            _publisherSends = true;
            return Then.SendMyself;
        }

        _writerSleeps = false;
        return Then.WakeWriter;
    }

    // Outside the lock: other publishers go on meanwhile.
    private void Do(Then then)
    {
        if (then == Then.WakeWriter)
            _wakeUp.SetResult(true);
        else if (then == Then.SendMyself)
            SendMyself();
    }

    private void SendMyself()
    {
        Stream? stream;
        WireBuffer? bytes;
        lock (_gate)
        {
            stream = _stream;
            bytes = TakeFilled();
        }

        if (stream is null || bytes is null)
        {
            SentMyself(null, null, null);
            return;
        }

        try
        {
            var sending = stream.WriteAsync(bytes.Memory, CancellationToken.None);
            if (sending.IsCompletedSuccessfully)
                SentMyself(stream, bytes, null);
            else
                _ = FinishAsync(sending, stream, bytes);
        }
        catch (Exception e)
        {
            SentMyself(stream, bytes, e);
        }
    }

    // The socket was full. The publisher need not wait for it, and the writer sleeps until we are done.
    private async Task FinishAsync(ValueTask sending, Stream stream, WireBuffer bytes)
    {
        try
        {
            await sending.ConfigureAwait(false);
            SentMyself(stream, bytes, null);
        }
        catch (Exception e)
        {
            SentMyself(stream, bytes, e);
        }
    }

    private void SentMyself(Stream? stream, WireBuffer? bytes, Exception? failure)
    {
        if (bytes is not null)
            GiveBack(bytes);
        bool wake;
        lock (_gate)
        {
            // The failure is the writer's to report, unless it has already moved on to another connection.
            if (failure is not null && ReferenceEquals(stream, _stream))
                _publisherFailed = failure;
            _publisherSends = false;
            wake = _writerSleeps && (_filling.Count > 0 || _publisherFailed is not null);
            if (wake)
                _writerSleeps = false;
        }

        Do(wake ? Then.WakeWriter : Then.Nothing);
    }
}
