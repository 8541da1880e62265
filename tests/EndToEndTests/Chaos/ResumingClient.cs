using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CryptoScreener.EndToEndTests.Chaos;

/// <summary>A bot that follows every alert over <c>/ws/v1</c>: whatever cuts it off, it comes back to one gateway or the other and resumes.</summary>
internal sealed class ResumingClient : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // As docs/websocket.md advises: what hears nothing for so long, not even pings, is on a dead connection.
    private static readonly TimeSpan Deaf = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<Uri> _gateways;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<(long Sequence, string Id)> _received = [];
    private readonly Task _following;
    private volatile ClientWebSocket? _socket;
    private JsonObject? _place;

    public ResumingClient(IReadOnlyList<Uri> gateways)
    {
        _gateways = gateways;
        _following = Task.Run(FollowAsync);
    }

    public int Connects { get; private set; }

    /// <summary>How often a gateway could not give what was missed: then something may be missing.</summary>
    public int NotRecovered { get; private set; }

    /// <summary>Where it began: alerts after this one are its to have.</summary>
    public long Start { get; private set; } = -1;

    public List<(long Sequence, string Id)> Received
    {
        get
        {
            lock (_received) return [.. _received];
        }
    }

    public Task HangUpAsync()
    {
        _socket?.Abort();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        for (var attempt = 0; !_stop.IsCancellationRequested; attempt++)
        {
            try
            {
                using var socket = new ClientWebSocket();
                socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(2);
                socket.Options.KeepAliveTimeout = Deaf;
                _socket = socket;
                await socket.ConnectAsync(_gateways[attempt % _gateways.Count], _stop.Token);
                await ReadAsync(socket);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
            {
                // It was cut off, or the gateway is away: come back.
            }

            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var operation = new JsonObject { ["op"] = "subscribe", ["id"] = "1", ["channel"] = "alerts", ["resume"] = _place?.DeepClone() };
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(operation), WebSocketMessageType.Text, true, _stop.Token);
        var buffer = new byte[256 * 1024];
        while (await NextAsync(socket, buffer) is { } message)
        {
            if ((string?)message["type"] == "error") throw new InvalidOperationException(message.ToJsonString()); // not ready yet
            if ((string?)message["type"] == "ok") Begin(message);
            if ((string?)message["type"] == "place") _place = Place(message);
            if (message["alert"] is { } alert) Take(message, (string)alert["id"]!);
        }
    }

    private void Begin(JsonNode answer)
    {
        Connects++;
        if (_place is not null && !(bool)answer["recovered"]!) NotRecovered++;
        if (_place is null) Start = (long)answer["sequence"]!;
        _place ??= Place(answer);
    }

    private void Take(JsonNode message, string id)
    {
        _place = Place(message);
        lock (_received) _received.Add(((long)message["sequence"]!, id));
    }

    private static JsonObject Place(JsonNode message) => new() { ["epoch"] = (string?)message["epoch"], ["sequence"] = (long)message["sequence"]! };

    private async Task<JsonNode?> NextAsync(ClientWebSocket socket, byte[] buffer)
    {
        for (var length = 0; ;)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            length += part.Count;
            if (part.EndOfMessage) return JsonNode.Parse(buffer.AsSpan(0, length));
        }
    }
}
