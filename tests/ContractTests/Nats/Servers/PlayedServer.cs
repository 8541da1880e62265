using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CryptoScreener.ContractTests.Nats.Servers;

/// <summary>A server whose part the test plays, line by line; nothing is answered but by the test.</summary>
internal sealed class PlayedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PlayedServer() => _listener.Start();

    public string Url => $"nats://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public async Task<Conversation> GreetAsync(string greeting)
    {
        using var deadline = new CancellationTokenSource(Conversation.Patience);
        var conversation = new Conversation(await _listener.AcceptTcpClientAsync(deadline.Token));
        await conversation.SayAsync(greeting);
        return conversation;
    }

    /// <summary>Up to where the client is connected.</summary>
    public async Task<Conversation> WelcomeAsync(string greeting = ScriptedServer.Info)
    {
        var conversation = await GreetAsync(greeting);
        await conversation.HearAsync("PING");
        await conversation.SayAsync("PONG\r\n");
        return conversation;
    }

    /// <summary>A connected client and the conversation with it.</summary>
    public async Task<(NatsRig Rig, Conversation Client)> ConnectAsync(Func<NATS.Client.Core.NatsOpts, NATS.Client.Core.NatsOpts>? configure = null)
    {
        var opts = NatsRig.Opts(Url);
        var connecting = NatsRig.ToAsync(configure?.Invoke(opts) ?? opts);
        var client = await WelcomeAsync();
        return (await connecting, client);
    }

    public void Dispose() => _listener.Stop();

    internal sealed class Conversation(TcpClient client) : IDisposable
    {
        public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

        private readonly StreamReader _reader = new(client.GetStream(), Encoding.Latin1);

        public async Task SayAsync(string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));

        /// <summary>Each byte in a packet of its own, as far as the client's socket lets us see to it.</summary>
        public async Task SayByteByByteAsync(string text)
        {
            client.NoDelay = true;
            foreach (var one in text)
            {
                await SayAsync(one.ToString());
                await Task.Yield();
            }
        }

        /// <summary>The next line, payloads being lines too.</summary>
        public async Task<string> HearAsync()
        {
            using var deadline = new CancellationTokenSource(Patience);
            return await _reader.ReadLineAsync(deadline.Token) ?? throw new IOException("The client has gone");
        }

        /// <summary>The first line that begins so; those before it are passed over.</summary>
        public async Task<string> HearAsync(string beginning) => (await HearUpToAsync(beginning))[^1];

        /// <summary>Everything up to the first line that begins so.</summary>
        public async Task<List<string>> HearUpToAsync(string beginning)
        {
            var heard = new List<string>();
            do
                heard.Add(await HearAsync());
            while (!heard[^1].StartsWith(beginning, StringComparison.Ordinal));
            return heard;
        }

        /// <summary>What the client says because of what was said to it so far.</summary>
        public async Task<List<string>> AnswersAsync()
        {
            await SayAsync("PING\r\n");
            return await HearUpToAsync("PONG");
        }

        /// <summary>Takes the next request and answers it.</summary>
        public async Task ReplyAsync(string payload, int sid = 1)
        {
            var request = (await HearUpToAsync("PUB "))[^1].Split(' ');
            await SayAsync($"MSG {request[2]} {sid} {payload.Length}\r\n{payload}\r\n");
        }

        public void Dispose()
        {
            _reader.Dispose();
            client.Dispose();
        }
    }
}
