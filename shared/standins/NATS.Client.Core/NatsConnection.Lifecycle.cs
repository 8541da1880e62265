using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Protocol;
using NATS.Client.Core.Internal.Transport;

namespace NATS.Client.Core;

public partial class NatsConnection
{
    private readonly Lock _gate = new();
    private readonly ServerList _servers;
    private readonly CancellationTokenSource _disposing = new();
    private volatile NatsConnectionState _state = NatsConnectionState.Closed;
    private volatile ServerInfo? _serverInfo;
    private volatile bool _disposed;
    private TaskCompletionSource _opened = NewOpened();
    private Task _running = Task.CompletedTask;
    private string? _lastAuthError;
    private string? _lastConnectFailure;

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
        foreach (var subscription in Subscriptions.All)
            await subscription.DisposeAsync().ConfigureAwait(false);
        _inbox.Dispose();
        Pings.Close();
        _events.Close();
        Refuse(_opened, new ObjectDisposedException(nameof(NatsConnection)));
        _state = NatsConnectionState.Closed;
        _disposing.Dispose();
        GC.SuppressFinalize(this);
    }

    private static TaskCompletionSource NewOpened() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The life of the connection: open, run until it breaks, open again.</summary>
    private async Task RunAsync()
    {
        ServerAddress? lost = null;
        try
        {
            while (!_disposed)
            {
                await using var session = await OpenAsync(lost, isFirst: lost is null).ConfigureAwait(false);
                OnOpened(session, isFirst: lost is null);
                var reason = await session.RunAsync(_disposing.Token).ConfigureAwait(false);
                lost = session.Address;
                OnLost(lost, reason);
            }
        }
        catch (OperationCanceledException) when (_disposed)
        {
        }
        catch (Exception e)
        {
            GiveUp(e);
        }
    }

    private async Task<Session> OpenAsync(ServerAddress? lost, bool isFirst)
    {
        var backoff = new Backoff(Opts);
        while (true)
        {
            Exception? failure = null;
            foreach (var address in _servers.Candidates(lost))
            {
                try
                {
                    return await Session.OpenAsync(this, address, TlsHost(address), _disposing.Token).ConfigureAwait(false);
                }
                catch (Exception e) when (!_disposed)
                {
                    failure = e;
                    OnConnectFailed(address, e, isFirst);
                }

                if (!isFirst)
                    await backoff.WaitAsync(_disposing.Token).ConfigureAwait(false);
            }

            if (!isFirst)
                continue;
            if (!Opts.RetryOnInitialConnect)
                throw new NatsException($"can not connect uris: {Opts.Url}", failure!);
            await backoff.WaitAsync(_disposing.Token).ConfigureAwait(false);
        }
    }

    // An announced address is a number where certificates speak of names: check it against the seed's name, as other clients do.
    private string TlsHost(ServerAddress address)
    {
        var seed = _servers.First.Host;
        var isName = Uri.CheckHostName(address.Host) == UriHostNameType.Dns;
        return address.IsSeed || isName || Uri.CheckHostName(seed) != UriHostNameType.Dns ? address.Host : seed;
    }

    private void OnOpened(Session session, bool isFirst)
    {
        var server = session.Address.ToString();
        OnInfo(session.Info, session.Address);
        Meter.ConnectedTo(session.Address);
        _lastAuthError = _lastConnectFailure = null;
        lock (_gate)
        {
            _state = NatsConnectionState.Open;
            _opened.TrySetResult();
        }

        Log.Connected(_logger, Opts.Name, server, session.Info.Version);
        _events.Raise(ConnectionOpened, this, new NatsEventArgs(server));
        if (isFirst)
            return;
        Meter.Reconnected();
        foreach (var subscription in Subscriptions.All)
            subscription.OnReconnected();
    }

    private void OnLost(ServerAddress server, Exception? reason)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _state = NatsConnectionState.Reconnecting;
            _opened = NewOpened();
        }

        Pings.ConnectionLost();
        Log.Disconnected(_logger, reason, Opts.Name, server.ToString());
        _events.Raise(ConnectionDisconnected, this, new NatsEventArgs(server.ToString()));
    }

    private void OnConnectFailed(ServerAddress address, Exception error, bool isFirst)
    {
        if (_lastConnectFailure == error.Message)
            Log.ConnectStillFails(_logger, Opts.Name, address.ToString(), error.Message);
        else
            Log.ConnectFailed(_logger, Opts.Name, address.ToString(), error.Message);
        _lastConnectFailure = error.Message;
        if (!isFirst)
            _events.Raise(ReconnectFailed, this, new NatsEventArgs(address.ToString()));
        if (error is not NatsServerException { IsAuthError: true } refused)
            return;
        // The same refusal twice is a matter of configuration; asking on only fills the server's log.
        if (_lastAuthError == refused.Error && !Opts.IgnoreAuthErrorAbort)
            throw new NatsConnectionFailedException("Maximum authentication attempts exceeded");
        _lastAuthError = refused.Error;
    }

    private void GiveUp(Exception reason)
    {
        Log.GaveUp(_logger, reason, Opts.Name);
        TaskCompletionSource opened;
        lock (_gate)
        {
            // A first attempt may be repeated by the caller; a connection that has given up may not.
            _state = reason is NatsConnectionFailedException ? NatsConnectionState.Failed : NatsConnectionState.Closed;
            opened = _opened;
            _opened = NewOpened();
        }

        Refuse(opened, reason);
        if (_state != NatsConnectionState.Failed)
            return;
        Refuse(_opened, reason);
        foreach (var subscription in Subscriptions.All)
            subscription.OnConnectionFailed(reason);
    }

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
