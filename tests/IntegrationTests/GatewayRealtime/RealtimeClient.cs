using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryptoScreener.IntegrationTests.GatewayRealtime;

/// <summary>A client of <c>/ws/v1</c> that reads when it is asked to.</summary>
internal sealed class RealtimeClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _inbox = [];
    private readonly byte[] _buffer = new byte[1024 * 1024];
    private int _ids;

    private RealtimeClient()
    {
    }

    internal JsonNode Welcome { get; private set; } = new JsonObject();

    internal ClientWebSocket Socket => _socket;

    internal static async Task<RealtimeClient> ConnectAsync(Uri address, Action<ClientWebSocketOptions>? configure = null)
    {
        var client = new RealtimeClient();
        client._socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(client._socket.Options);
        try
        {
            await client._socket.ConnectAsync(address, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            await client.DisposeAsync();
            throw;
        }

        client.Welcome = await client.ReadAsync() ?? throw new InvalidOperationException("The gateway closed before its welcome");
        return client;
    }

    internal Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>Sends an operation and waits for its answer; what comes before it is kept for <see cref="NextAsync"/>.</summary>
    internal async Task<JsonNode> AskAsync(object operation)
    {
        var message = JsonSerializer.SerializeToNode(operation)!.AsObject();
        var id = $"{++_ids}";
        message["id"] = id;
        await SendAsync(message.ToJsonString());
        return await FindAsync(answer => (string?)answer["id"] == id);
    }

    internal async Task<string> SubscribeAsync(string channel, object? parameters = null)
    {
        var answer = await AskAsync(new { op = "subscribe", channel, @params = parameters });
        Assert.Equal("ok", (string?)answer["type"]);
        return (string)answer["subscription"]!;
    }

    internal Task<JsonNode> NextAsync(string subscription) => FindAsync(message => (string?)message["subscription"] == subscription && message["id"] is null);

    internal Task<JsonNode> ErrorAsync() => FindAsync(message => (string?)message["type"] == "error");

    internal async Task<JsonNode> FindAsync(Func<JsonNode, bool> isIt)
    {
        while (true)
        {
            if (_inbox.Find(message => isIt(message)) is { } found)
            {
                _inbox.Remove(found);
                return found;
            }

            _inbox.Add(await ReadAsync() ?? throw new InvalidOperationException($"The gateway closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}"));
        }
    }

    /// <summary>Reads to the end and returns the close code.</summary>
    internal async Task<int?> ClosedAsync()
    {
        while (await ReadAsync() is { } message) _inbox.Add(message);
        return (int?)_socket.CloseStatus;
    }

    /// <summary>The next message; null when the socket is closed or broken.</summary>
    internal async Task<JsonNode?> ReadAsync(CancellationToken stop = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            var length = 0;
            while (true)
            {
                var part = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    if (_socket.State == WebSocketState.CloseReceived) await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
                    return null;
                }

                length += part.Count;
                if (part.EndOfMessage) return JsonNode.Parse(_buffer.AsSpan(0, length));
            }
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
