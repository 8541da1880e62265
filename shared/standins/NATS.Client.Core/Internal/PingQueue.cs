using System.Diagnostics;

namespace NATS.Client.Core.Internal;

/// <summary>Whoever waits for a PONG, in the order of the PINGs; servers answer in that order.</summary>
internal sealed class PingQueue(OutboundQueue outbound)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _waiters = new();
    private Exception? _closed;

    public Task<TimeSpan> Ping()
    {
        var waiter = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        return Send(waiter) is { } closed ? Task.FromException<TimeSpan>(closed) : waiter.Task;
    }

    /// <summary>A PING only to see whether the server is there.</summary>
    public void Probe() => Send(null);

    public void Pong()
    {
        Waiter waiter;
        lock (_gate)
        {
            if (!_waiters.TryDequeue(out waiter))
                return;
        }

        waiter.Answered?.TrySetResult(Stopwatch.GetElapsedTime(waiter.Since));
    }

    /// <summary>The lost socket took these PINGs with it; those it had not taken will be sent by the next.</summary>
    public void ConnectionLost()
    {
        var taken = outbound.Taken;
        lock (_gate)
        {
            while (_waiters.TryPeek(out var waiter) && waiter.Position <= taken)
                _waiters.Dequeue().Answered?.TrySetCanceled();
        }
    }

    /// <summary>Nobody will answer any more: whoever waits, or asks from now on, is told why.</summary>
    public void Close(Exception reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            while (_waiters.TryDequeue(out var waiter))
                waiter.Answered?.TrySetException(_closed);
        }
    }

    private Exception? Send(TaskCompletionSource<TimeSpan>? answered)
    {
        lock (_gate)
        {
            if (_closed is null)
                _waiters.Enqueue(new Waiter(outbound.Ping(), Stopwatch.GetTimestamp(), answered));
            return _closed;
        }
    }

    private readonly record struct Waiter(long Position, long Since, TaskCompletionSource<TimeSpan>? Answered);
}
