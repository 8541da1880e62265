using System.Threading.Channels;

namespace NATS.Client.JetStream.Internal;

/// <summary>Tells the application what happened, in order and away from the socket reader. Bounded; the oldest news is dropped first.</summary>
internal sealed class NotificationQueue
{
    private const int Capacity = 256;

    private readonly Channel<INatsJSNotification> _queue = Channel.CreateBounded<INatsJSNotification>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public NotificationQueue(Func<INatsJSNotification, CancellationToken, Task> handler, CancellationToken cancellationToken) =>
        _ = Task.Run(() => RunAsync(handler, cancellationToken), CancellationToken.None);

    public void Notify(INatsJSNotification notification) => _queue.Writer.TryWrite(notification);

    public void Close() => _queue.Writer.TryComplete();

    private async Task RunAsync(Func<INatsJSNotification, CancellationToken, Task> handler, CancellationToken cancellationToken)
    {
        await foreach (var notification in _queue.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await handler(notification, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // The handler's own failure; the next notification may fare better.
            }
        }
    }
}
