using NATS.Client.Core.Internal;
using NATS.Client.Core.Internal.Transport;

namespace NATS.Client.Core;

public partial class NatsConnection
{
    private readonly ServerList _servers;
    private readonly Backoff _backoff;
    private string? _lastAuthError;
    private string? _lastConnectFailure;

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
                await _backoff.LostAsync(_disposing.Token).ConfigureAwait(false);
            }
        }
        catch (Exception) when (_disposed)
        {
            // Whatever disposal interrupted need not be told.
        }
        catch (Exception e)
        {
            GiveUp(e);
        }
    }

    private async Task<Session> OpenAsync(ServerAddress? lost, bool isFirst)
    {
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
                    await _backoff.WaitAsync(_disposing.Token).ConfigureAwait(false);
            }

            if (!isFirst)
                continue;
            if (!Opts.RetryOnInitialConnect)
                throw new NatsException($"can not connect uris: {_servers}", failure!);
            await _backoff.WaitAsync(_disposing.Token).ConfigureAwait(false);
        }
    }

    private void OnOpened(Session session, bool isFirst)
    {
        var server = session.Address.ToString();
        OnInfo(session.Info, session.Address);
        Meter.ConnectedTo(session.Address);
        _lastAuthError = _lastConnectFailure = _lastServerError = null;
        _backoff.Opened();
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
        Log.Disconnected(_logger, Opts.Name, server.ToString(), reason?.Message ?? "the server closed the connection");
        _events.Raise(ConnectionDisconnected, this, new NatsEventArgs(server.ToString()));
    }

    private void OnConnectFailed(ServerAddress address, Exception error, bool isFirst)
    {
        // The caller of a first attempt gets the reason as an exception.
        if (_lastConnectFailure == error.Message || (isFirst && !Opts.RetryOnInitialConnect))
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
        Log.GaveUp(_logger, reason, Opts.Name);
        Refuse(_opened, reason);
        Pings.Close(reason);
        foreach (var subscription in Subscriptions.All)
            subscription.OnConnectionFailed(reason);
    }

    // An announced address is a number where certificates speak of names: check it against the seed's name, as other clients do.
    private string TlsHost(ServerAddress address)
    {
        var seed = _servers.First.Host;
        var isName = Uri.CheckHostName(address.Host) == UriHostNameType.Dns;
        return address.IsSeed || isName || Uri.CheckHostName(seed) != UriHostNameType.Dns ? address.Host : seed;
    }
}
