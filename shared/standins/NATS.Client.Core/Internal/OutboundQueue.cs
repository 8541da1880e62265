using System.Diagnostics;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Telemetry;

namespace NATS.Client.Core.Internal;

/// <summary>
/// What is to be sent, between any number of publishers and the one writer. Publishers fill one buffer while the writer sends
/// the other, so that everything published during a write goes out with the next one. After a quiet moment the publisher sends
/// by itself: a lone message then costs no change of threads. The queue outlives connections: what no socket had taken yet is
/// sent after the reconnect.
/// </summary>
internal sealed partial class OutboundQueue
{
    // Publishers in a loop come back sooner than this, and are better off when the writer collects what they say.
    private static readonly long Quiet = Stopwatch.Frequency / 100_000;

    private readonly Lock _gate = new();
    private readonly ConnectionMeter _meter;
    private readonly int _limit;
    private WireBuffer _filling;
    private WireBuffer? _spare;
    private TaskCompletionSource? _roomFreed;
    private bool _pongWaits;
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

    public bool TrySubscribe(string subject, string? queueGroup, int sid) =>
        TryWrite(_limit, (subject, queueGroup, sid), static (wire, sub) => wire.Subscribe(sub.subject, sub.queueGroup, sub.sid), out _);

    public void Unsubscribe(int sid) => Write(sid, static (wire, sid) => wire.Unsubscribe(sid));

    /// <summary>In this order, so that the server never sees a moment without the one or the other.</summary>
    public void Move(int oldSid, string subject, int sid) => Write((oldSid, subject, sid), static (wire, move) =>
    {
        wire.Subscribe(move.subject, queueGroup: null, move.sid);
        wire.Unsubscribe(move.oldSid);
    });

    /// <summary>The position behind the PING: once <see cref="Taken"/> has reached it, a socket has it.</summary>
    public long Ping() => Write(0, static (wire, _) => wire.Ping());

    /// <summary>One answers all the PINGs that came meanwhile, or a server that only asks would fill our memory.</summary>
    public void Pong()
    {
        lock (_gate)
        {
            if (_pongWaits)
                return;
            _pongWaits = true;
        }

        Write(0, static (wire, _) => wire.Pong());
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

    private long Write<TCommand>(TCommand command, Action<WireBuffer, TCommand> write)
    {
        TryWrite(int.MaxValue, command, write, out var position);
        return position;
    }

    private bool TryWrite<TCommand>(int limit, TCommand command, Action<WireBuffer, TCommand> write, out long position)
    {
        Then then;
        lock (_gate)
        {
            position = 0;
            if (_filling.Count >= limit)
                return false;
            write(_filling, command);
            position = _taken + _filling.Count;
            then = Written();
        }

        Do(then);
        return true;
    }
}
