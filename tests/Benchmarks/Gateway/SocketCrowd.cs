using System.Net.WebSockets;

namespace CryptoScreener.Benchmarks.Gateway;

/// <summary>Many clients of one server, each reading all the time; notes how old every message was when it came.</summary>
internal sealed class SocketCrowd : IAsyncDisposable
{
    private const int AtOnce = 32;
    private readonly List<Member> _members = [];

    internal static async Task<SocketCrowd> ConnectAsync(IFanOut server, int count)
    {
        var crowd = new SocketCrowd();
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
            crowd._members.AddRange(await Task.WhenAll(some.Select(_ => Member.ConnectAsync(server))));
        return crowd;
    }

    /// <summary>Forgets what came so far.</summary>
    internal void Begin() => _members.ForEach(member => member.Latencies.Clear());

    /// <summary>Sorted, of all members. To be called while nothing is told.</summary>
    internal List<double> Latencies() => [.. _members.SelectMany(member => member.Latencies).Order()];

    // In peace and by and by: thousands of sockets that are cut at once spin on each other's handles for minutes.
    public async ValueTask DisposeAsync()
    {
        foreach (var some in _members.Chunk(AtOnce)) await Task.WhenAll(some.Select(member => member.EndAsync()));
    }

    private sealed class Member(ClientWebSocket socket)
    {
        private readonly byte[] _buffer = new byte[16 * 1024];
        private Task _reading = Task.CompletedTask;

        internal List<double> Latencies { get; } = [];

        internal static async Task<Member> ConnectAsync(IFanOut server)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(server.Socket, CancellationToken.None);
            var member = new Member(socket);
            if (server.Hello.Length > 0) await socket.SendAsync(server.Hello, WebSocketMessageType.Text, true, CancellationToken.None);
            for (var greeted = 0; greeted < server.Greetings; greeted++)
                if (await member.NextAsync() == 0) throw new InvalidOperationException($"{server.Name} closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
            member._reading = member.ReadAsync();
            return member;
        }

        internal async Task EndAsync()
        {
            if (socket.State == WebSocketState.Open) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await _reading;
            socket.Dispose();
        }

        private async Task ReadAsync()
        {
            while (await NextAsync() is > 0 and var length)
                if (Stamp.TryRead(_buffer.AsSpan(0, length), out var at)) Latencies.Add(Stamp.Now - at);
        }

        /// <returns>The length of the next message; 0 when there is none any more.</returns>
        private async ValueTask<int> NextAsync()
        {
            for (var length = 0; ;)
            {
                var part = await socket.ReceiveAsync(_buffer.AsMemory(length), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close) return 0;
                length += part.Count;
                if (part.EndOfMessage) return length;
            }
        }
    }
}
