using System.Threading.Tasks.Sources;
using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core.Internal;

/// <summary>
/// What is to be sent, between any number of publishers and the one writer. Publishers fill one buffer while the writer sends
/// the other, so that everything published during a write goes out with the next one. It outlives connections: what no socket
/// had taken yet is sent after the reconnect.
/// </summary>
internal sealed class OutboundQueue : IValueTaskSource<WireBuffer?>
{
    private readonly Lock _gate = new();
    private readonly int _limit;
    private WireBuffer _filling;
    private WireBuffer? _spare;
    private TaskCompletionSource? _roomFreed;
    private ManualResetValueTaskSourceCore<bool> _filled = new() { RunContinuationsAsynchronously = true };
    private bool _writerWaits;
    private bool _stopped;
    private long _taken;

    /// <summary>Full means full: publishers wait, nothing is dropped. Control commands are short and always fit.</summary>
    public OutboundQueue(int limit)
    {
        _limit = limit;
        _filling = new WireBuffer(limit);
        _spare = new WireBuffer(limit);
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
        bool wake;
        lock (_gate)
        {
            if (_filling.Count >= _limit)
                return false;
            _filling.Publish(subject, replyTo, headers, payload);
            wake = TakeWake();
        }

        Wake(wake);
        return true;
    }

    public bool TrySubscribe(string subject, string? queueGroup, int sid)
    {
        bool wake;
        lock (_gate)
        {
            if (_filling.Count >= _limit)
                return false;
            _filling.Subscribe(subject, queueGroup, sid);
            wake = TakeWake();
        }

        Wake(wake);
        return true;
    }

    public void Unsubscribe(int sid)
    {
        bool wake;
        lock (_gate)
        {
            _filling.Unsubscribe(sid);
            wake = TakeWake();
        }

        Wake(wake);
    }

    /// <summary>The position behind the PING: once <see cref="Taken"/> has reached it, a socket has it.</summary>
    public long Ping()
    {
        bool wake;
        long position;
        lock (_gate)
        {
            _filling.Ping();
            position = _taken + _filling.Count;
            wake = TakeWake();
        }

        Wake(wake);
        return position;
    }

    public void Pong()
    {
        bool wake;
        lock (_gate)
        {
            _filling.Pong();
            wake = TakeWake();
        }

        Wake(wake);
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

    /// <summary>For the writer: the next bytes to send, to be given back; null once it has been stopped.</summary>
    public ValueTask<WireBuffer?> TakeAsync()
    {
        lock (_gate)
        {
            if (_stopped || _filling.Count > 0)
                return new ValueTask<WireBuffer?>(TakeFilled());
            _filled.Reset();
            _writerWaits = true;
            return new ValueTask<WireBuffer?>(this, _filled.Version);
        }
    }

    public void GiveBack(WireBuffer sent)
    {
        lock (_gate)
        {
            sent.Clear();
            _spare = sent;
        }
    }

    public void StartWriter()
    {
        lock (_gate)
            _stopped = false;
    }

    public void StopWriter()
    {
        bool wake;
        lock (_gate)
        {
            _stopped = true;
            wake = TakeWake();
        }

        Wake(wake);
    }

    WireBuffer? IValueTaskSource<WireBuffer?>.GetResult(short token)
    {
        lock (_gate)
        {
            _filled.GetResult(token);
            return TakeFilled();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<WireBuffer?>.GetStatus(short token) => _filled.GetStatus(token);

    void IValueTaskSource<WireBuffer?>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _filled.OnCompleted(continuation, state, token, flags);

    private WireBuffer? TakeFilled()
    {
        if (_stopped)
            return null;
        var taken = _filling;
        _filling = _spare ?? new WireBuffer(_limit);
        _spare = null;
        _taken += taken.Count;
        _roomFreed?.TrySetResult();
        _roomFreed = null;
        return taken;
    }

    private bool TakeWake()
    {
        var wake = _writerWaits;
        _writerWaits = false;
        return wake;
    }

    // Outside the lock: the continuation is queued, but the queueing itself need not hold up other publishers.
    private void Wake(bool wake)
    {
        if (wake)
            _filled.SetResult(true);
    }
}
