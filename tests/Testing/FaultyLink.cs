using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CryptoScreener.Testing;

/// <summary>What happens to the bytes between a worker and a server.</summary>
public enum LinkState
{
    Open,

    /// <summary>Connections are cut and no new one comes about.</summary>
    Cut,

    /// <summary>Connections stay, and nothing gets through: what a cable that was pulled looks like.</summary>
    Silent,

    /// <summary>Everything comes late and in small pieces.</summary>
    Slow,
}

/// <summary>
/// A network between a worker and a server that can be taken away: without rights over the machine's own, and for one worker alone.
/// It listens as long as it lives, so that a cut looks like a server that refuses and not like another program on the port.
/// </summary>
public sealed class FaultyLink : IAsyncDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(40);

    // No digit and no letter, so that a broken stream can never pass for another value: that there is no silent corruption is TLS's promise.
    private static readonly byte[] Garbage = [.. Enumerable.Repeat((byte)0xFF, 512)];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Connection, bool> _connections = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile LinkState _state;

    public FaultyLink(string name, int serverPort)
    {
        (Name, _serverPort) = (name, serverPort);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Name { get; }

    public string Port => ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    public void Become(LinkState state)
    {
        var before = _state;
        _state = state;
        // What was swallowed is missing in the middle of a stream: as in life, such a connection never works again.
        if (state == LinkState.Cut || before == LinkState.Silent) CutAll();
    }

    /// <summary>Both ends are told nonsense in the middle of whatever was being said, and are cut.</summary>
    public async Task CorruptAsync()
    {
        foreach (var connection in _connections.Keys) await connection.SpoilAsync(Garbage);
        CutAll();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        CutAll();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private void CutAll()
    {
        foreach (var connection in _connections.Keys) connection.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = new Connection(client, new TcpClient { NoDelay = true });
        _connections[connection] = true;
        try
        {
            if (_state == LinkState.Cut) return;
            client.NoDelay = true;
            await connection.Server.ConnectAsync(IPAddress.Loopback, _serverPort, _stop.Token);
            await Task.WhenAny(CopyAsync(connection.Client, connection.Server), CopyAsync(connection.Server, connection.Client));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side is gone; so is this connection.
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            var (input, output) = (from.GetStream(), to.GetStream());
            while (await input.ReadAsync(_state == LinkState.Slow ? buffer.AsMemory(0, 1_024) : buffer, _stop.Token) is var read and > 0)
            {
                if (_state == LinkState.Slow) await Task.Delay(Late, TimeProvider.System, _stop.Token);
                if (_state != LinkState.Silent) await output.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The other direction ends with this one.
        }
    }

    private sealed class Connection(TcpClient client, TcpClient server) : IDisposable
    {
        internal TcpClient Client => client;

        internal TcpClient Server => server;

        internal async Task SpoilAsync(byte[] garbage)
        {
            try
            {
                await client.GetStream().WriteAsync(garbage);
                await server.GetStream().WriteAsync(garbage);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
            {
                // It ended by itself.
            }
        }

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
