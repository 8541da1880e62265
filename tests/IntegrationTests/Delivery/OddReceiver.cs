using System.Net;
using System.Net.Sockets;

namespace CryptoScreener.IntegrationTests.Delivery;

/// <summary>A server that reads a request and answers with these bytes, whatever they mean, then breaks the connection.</summary>
internal sealed class OddReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly byte[] _answer;
    private readonly Task _serving;
    private int _connections;
    private int _requests;

    internal OddReceiver(ReadOnlySpan<byte> answer, IPAddress? address = null, int port = 0)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, port);
        _answer = answer.ToArray();
        _listener.Start();
        _serving = ServeAsync();
    }

    internal Uri Address => new($"http://{_listener.LocalEndpoint}/");

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    internal int Connections => Volatile.Read(ref _connections);

    internal int Requests => Volatile.Read(ref _requests);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptSocketAsync();
                Interlocked.Increment(ref _connections);
                await AnswerAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the test is over
        }
    }

    private async Task AnswerAsync(Socket client)
    {
        try
        {
            await client.ReceiveAsync(new byte[64 * 1024]);
            Interlocked.Increment(ref _requests);
            await client.SendAsync(_answer);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None); // else the reset overtakes the answer
            client.Close(0);
        }
        catch (SocketException)
        {
            // the other side was faster
        }
    }
}
