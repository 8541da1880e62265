using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>
/// Says what it is told to, byte for byte, right or wrong. Each connection gets the greeting and, once the client's CONNECT and
/// PING have come, the script of its turn; then it is closed. After the scripts, connections are served properly.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    public const string Info = "INFO {\"server_id\":\"x\",\"version\":\"2.9.10\",\"host\":\"127.0.0.1\",\"port\":4222,\"headers\":true,\"max_payload\":1048576}\r\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Script> _scripts;
    private readonly Task _serving;

    public ScriptedServer(IEnumerable<Script> scripts)
    {
        _scripts = new Queue<Script>(scripts);
        _listener.Start();
        _serving = ServeAllAsync();
    }

    public string Url => $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How many scripts are still to be played.</summary>
    public int Left
    {
        get
        {
            lock (_scripts)
                return _scripts.Count;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAllAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Script? script;
        lock (_scripts)
            script = _scripts.TryDequeue(out var next) ? next : null;
        try
        {
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(script?.Greeting ?? Info), _stop.Token);
            await HearAsync(stream, "PING\r\n");
            await stream.WriteAsync(Encoding.Latin1.GetBytes(script is null ? "PONG\r\n" : script.AfterConnect), _stop.Token);
            while (script is null)
                await AnswerPingsAsync(stream);
        }
        catch (IOException)
        {
            // The client had enough of us first, as it should of some scripts.
        }
    }

    private async Task AnswerPingsAsync(NetworkStream stream)
    {
        await HearAsync(stream, "PING\r\n");
        await stream.WriteAsync("PONG\r\n"u8.ToArray(), _stop.Token);
    }

    private async Task HearAsync(NetworkStream stream, string what)
    {
        var heard = new StringBuilder();
        var one = new byte[1];
        while (!heard.ToString().EndsWith(what, StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
                throw new IOException("The client has gone");
            heard.Append((char)one[0]);
        }
    }

    internal sealed record Script(string Greeting, string AfterConnect);
}
