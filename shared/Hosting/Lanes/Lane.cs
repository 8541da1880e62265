using System.Threading.Channels;
using CryptoScreener.Hosting.Health;

namespace CryptoScreener.Hosting.Lanes;

/// <summary>
/// One writer for one part of the state: everything that concerns it queues here and is handled in turn. The queue is
/// bounded and waits when full; whoever feeds it with what may be lost uses <see cref="TryPut"/> and counts.
/// </summary>
public sealed class Lane<T>
    where T : struct
{
    private readonly Channel<Entry> _entries;
    private readonly TimeProvider _time;

    public Lane(int capacity, TimeProvider time)
    {
        _time = time;
        _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    }

    private readonly record struct Entry(T Item, Action? Command);

    /// <summary>False when the lane lags so far that the queue is full: the item was not taken.</summary>
    public bool TryPut(in T item) => _entries.Writer.TryWrite(new Entry(item, null));

    public ValueTask PutAsync(in T item, CancellationToken stop)
    {
        var entry = new Entry(item, null);
        return _entries.Writer.TryWrite(entry) ? ValueTask.CompletedTask : _entries.Writer.WriteAsync(entry, stop);
    }

    /// <summary>Something rare to do on the lane; nothing when the lane has ended.</summary>
    public async ValueTask PostAsync(Action command, CancellationToken stop)
    {
        try
        {
            await _entries.Writer.WriteAsync(new Entry(default, command), stop);
        }
        catch (ChannelClosedException)
        {
            // its state is gone with it
        }
    }

    /// <summary>Does something on the lane, behind all that was put before it, and waits for the result.</summary>
    public async Task<TResult> AskAsync<TResult>(Func<TResult> question, CancellationToken stop)
    {
        var answer = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ask = new Entry(default, () =>
        {
            try
            {
                answer.TrySetResult(question());
            }
            catch (Exception e)
            {
                answer.TrySetException(e); // it is the asker's, not the lane's
            }
        });
        await _entries.Writer.WriteAsync(ask, stop); // a lane that has ended answers nobody: let the asker know
        return await answer.Task.WaitAsync(stop);
    }

    /// <summary>Completes when everything put before it has been handled.</summary>
    public Task DoneAsync(CancellationToken stop) => AskAsync(static () => true, stop);

    /// <summary>Runs until stopped. An exception is a defect: it ends the lane and, through its service, the process.</summary>
    public async Task RunAsync(ILaneWork<T> work, CancellationToken stop, Heartbeat? heart = null)
    {
        try
        {
            await HandleAllAsync(work, heart, stop);
        }
        finally
        {
            _entries.Writer.TryComplete();
        }
    }

    private async Task HandleAllAsync(ILaneWork<T> work, Heartbeat? heart, CancellationToken stop)
    {
        var reader = _entries.Reader;
        var arrival = reader.WaitToReadAsync(stop).AsTask();
        while (true)
        {
            heart?.Rest();
            if (work.UntilDue is { } rest && !arrival.IsCompleted) await Task.WhenAny(arrival, Task.Delay(Rounded(rest), _time, stop));
            else if (!await arrival) return;
            stop.ThrowIfCancellationRequested();
            while (reader.TryRead(out var entry))
            {
                heart?.Beat();
                if (entry.Command is { } command) command();
                else await WatchedAsync(work.HandleAsync(entry.Item, stop), heart);
                await WatchedAsync(work.WhenDueAsync(stop), heart);
            }

            await WatchedAsync(work.WhenDueAsync(stop), heart);
            if (arrival.IsCompleted) arrival = reader.WaitToReadAsync(stop).AsTask();
        }
    }

    // A delay is cut to whole milliseconds: the rest of one would be waited for by asking over and over.
    private static TimeSpan Rounded(TimeSpan rest) => TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds));

    // Work that waits, waits for a server: that is readiness' business, not liveness'.
    private static ValueTask WatchedAsync(ValueTask work, Heartbeat? heart)
    {
        if (heart is null || work.IsCompleted) return work;
        heart.Rest();
        return work;
    }
}
