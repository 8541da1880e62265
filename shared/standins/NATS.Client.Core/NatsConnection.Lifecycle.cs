using NATS.Client.Core.Internal.Protocol;

namespace NATS.Client.Core;

public partial class NatsConnection
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposing = new();
    private volatile NatsConnectionState _state = NatsConnectionState.Closed;
    private volatile ServerInfo? _serverInfo;
    private volatile bool _disposed;
    private TaskCompletionSource _opened = NewOpened();
    private Task _running = Task.CompletedTask;

    public NatsConnectionState ConnectionState => _state;

    internal bool IsOpen => _state == NatsConnectionState.Open;

    internal bool IsDisposed => _disposed;

    public async ValueTask ConnectAsync()
    {
        if (IsOpen)
            return;
        Task opened;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_state == NatsConnectionState.Failed)
                throw new NatsConnectionFailedException("Connection is in failed state");
            if (_state == NatsConnectionState.Closed)
            {
                _state = NatsConnectionState.Connecting;
                _running = Task.Run(RunAsync);
            }

            opened = _opened.Task;
        }

        await opened.ConfigureAwait(false);
    }

    public virtual async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        if (Opts.DrainSubscriptionsOnDispose && IsOpen)
            await DrainAllAsync().ConfigureAwait(false);
        await _disposing.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        // First, so that a subscription being added now either is among those we end or is refused.
        _state = NatsConnectionState.Closed;
        var disposed = new ObjectDisposedException(nameof(NatsConnection));
        foreach (var subscription in Subscriptions.All)
            await subscription.DisposeAsync().ConfigureAwait(false);
        _inbox.Dispose();
        Pings.Close(disposed);
        _events.Close();
        Refuse(_opened, disposed);
        _disposing.Dispose();
        GC.SuppressFinalize(this);
    }

    private static TaskCompletionSource NewOpened() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Nobody may be waiting, and then nobody is to be told of an unobserved exception.
    private static void Refuse(TaskCompletionSource waiters, Exception reason)
    {
        waiters.TrySetException(reason);
        _ = waiters.Task.Exception;
    }

    private Task DrainAllAsync() => Task.WhenAll(Subscriptions.All.Where(sub => sub != _inbox).Select(DrainAsync));

    private async Task DrainAsync(NatsSubBase subscription)
    {
        await subscription.DrainAsync().ConfigureAwait(false);
        if (Opts.ConsumerDrainOnDisposeTimeout is not { } patience)
            return;
        await Task.WhenAny(subscription.ReaderDoneAsync(), Task.Delay(patience, TimeProvider.System, _disposing.Token)).ConfigureAwait(false);
    }
}
