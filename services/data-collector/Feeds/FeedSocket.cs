using CryptoScreener.DataCollector.Candles;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>
/// One socket to an exchange that is always there: opened again when lost, and replaced before the exchange cuts it, the
/// new connection delivering before the old one is closed. What both carry the gate takes once.
/// </summary>
internal sealed class FeedSocket(FeedSocketContext context)
{
    /// <summary>Nothing may trade for a while; a new connection that is still open after this is good enough.</summary>
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Both deliver for so long: the first candle of the new one comes before its last subscription is in force, and the old one may
    /// have closing frames that were not read yet.
    /// </summary>
    internal static readonly TimeSpan HandOver = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _delivering = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ReconnectPause _rotationPause = new(); // sockets that are lost have the same limit on new ones
    private volatile FeedConnection? _current;

    public IReadOnlyList<FollowedInstrument> Instruments => context.Instruments;

    /// <summary>Completes with its first candle.</summary>
    public Task Delivering => _delivering.Task;

    /// <summary>Null before the first one. One that is given up is replaced as at a rotation.</summary>
    public FeedConnection? Connection => _current;

    /// <summary>Whether its connection is there and has told something: one that only acknowledges tells as little as none.</summary>
    public bool IsDelivering => _current is { Delivering.IsCompletedSuccessfully: true, Ended.IsCompleted: false };

    public async Task RunAsync(CancellationToken stop)
    {
        context.Connections.Expect(1);
        try
        {
            await StayConnectedAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            if (_current is { } last) await last.DisposeAsync();
            context.Connections.Expect(-1);
        }
    }

    private async Task StayConnectedAsync(CancellationToken stop)
    {
        var pause = new ReconnectPause();
        _current = Open(stop);
        while (true)
        {
            using var rotation = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var due = Task.Delay(context.RotateAfter, context.Time, rotation.Token);
            await Task.WhenAny(_current.Ended, _current.EndAnnounced, _current.GivenUp, due);
            await rotation.CancelAsync();
            stop.ThrowIfCancellationRequested();
            if (_current.Delivering.IsCompletedSuccessfully) pause.Reset();
            if (_current.Ended.IsCompleted || !await TryRotateAsync(stop)) await ReopenAsync(pause, stop);
        }
    }

    private async Task ReopenAsync(ReconnectPause pause, CancellationToken stop)
    {
        var lost = _current!;
        var reason = await lost.Ended;
        var wait = pause.Next();
        context.Metrics.Reconnected(context.Exchange.Name);
        CollectorLog.SocketLost(context.Logger, context.Exchange.Name, context.Number, reason, Math.Round(wait.TotalSeconds, 2));
        await context.Lane.InterruptAsync(context.Instruments, stop);
        await Task.Delay(wait, context.Time, stop);
        _current = Open(stop);
        await lost.DisposeAsync();
    }

    /// <summary>False when the old connection ended meanwhile and there is no new one. A new one that fails leaves the old one in its place.</summary>
    private async Task<bool> TryRotateAsync(CancellationToken stop)
    {
        var (old, next) = (_current!, Open(stop));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(next.Delivering, next.Ended, Task.Delay(DeliveryPatience, context.Time, patience.Token));
        if (next.Delivering.IsCompleted) await Task.WhenAny(next.Ended, old.Ended, Task.Delay(HandOver, context.Time, patience.Token));
        await patience.CancelAsync();
        if (next.Ended.IsCompleted || !next.Subscribed.IsCompleted)
        {
            CollectorLog.RotationFailed(context.Logger, context.Exchange.Name, context.Number);
            await next.DisposeAsync();
            await Task.WhenAny(old.Ended, Task.Delay(_rotationPause.Next(), context.Time, stop));
            stop.ThrowIfCancellationRequested();
            old.GiveUp(); // it stays so until another takes its place
            return !old.Ended.IsCompleted;
        }

        _current = next;
        _rotationPause.Reset();
        var isSeamless = next.Delivering.IsCompleted && !old.Ended.IsCompleted;
        await old.DisposeAsync();
        if (!isSeamless) await context.Lane.InterruptAsync(context.Instruments, stop);
        context.Metrics.Rotated(context.Exchange.Name);
        CollectorLog.Rotated(context.Logger, context.Exchange.Name, context.Number);
        return true;
    }

    private FeedConnection Open(CancellationToken stop)
    {
        var connection = new FeedConnection(context, stop);
        _ = NoteDeliveringAsync(connection);
        return connection;
    }

    private async Task NoteDeliveringAsync(FeedConnection connection)
    {
        if (await Task.WhenAny(connection.Delivering, connection.Ended) == connection.Delivering) _delivering.TrySetResult();
    }
}
