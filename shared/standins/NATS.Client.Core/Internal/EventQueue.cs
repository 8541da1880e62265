using System.Threading.Channels;

namespace NATS.Client.Core.Internal;

/// <summary>
/// Runs the application's event handlers one after the other, away from the socket reader. Bounded: when handlers fall this far
/// behind, further events are dropped rather than kept for ever; the log and the meters still have them.
/// </summary>
internal sealed class EventQueue
{
    private const int Capacity = 4096;

    private readonly Channel<Func<Task>> _queue = Channel.CreateBounded<Func<Task>>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly Action<Exception> _onHandlerFailed;

    public EventQueue(Action<Exception> onHandlerFailed)
    {
        _onHandlerFailed = onHandlerFailed;
        _ = Task.Run(RunAsync);
    }

    public void Raise<TArgs>(AsyncEventHandler<TArgs>? handlers, object sender, TArgs args)
    {
        if (handlers is not null)
            _queue.Writer.TryWrite(() => InvokeAsync(handlers, sender, args));
    }

    public void Close() => _queue.Writer.TryComplete();

    private async Task RunAsync()
    {
        await foreach (var raise in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
            await raise().ConfigureAwait(false);
    }

    private async Task InvokeAsync<TArgs>(AsyncEventHandler<TArgs> handlers, object sender, TArgs args)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                await handler(sender, args).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                _onHandlerFailed(e);
            }
        }
    }
}
