using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CryptoScreener.ContractTests.Simulator;

/// <summary>A client as a third party would write it, with the framework's own WebSocket.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    public static async Task<SocketClient> ConnectAsync(string address)
    {
        var client = new SocketClient();
        using var patience = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(new Uri(address), patience.Token);
        return client;
    }

    public async Task SendAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, patience.Token);
    }

    /// <summary>The next message; null when the server closed.</summary>
    public async Task<string?> ReceiveTextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var length = 0;
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (result.MessageType == WebSocketMessageType.Close) return null;
            length += result.Count;
            if (result.EndOfMessage) return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    public async Task<JsonElement> ReceiveAsync() =>
        JsonSerializer.Deserialize<JsonElement>(await ReceiveTextAsync() ?? throw new InvalidOperationException($"closed: {CloseStatus} {CloseReason}"));

    /// <summary>The first of the next messages that is as wanted.</summary>
    public async Task<JsonElement> ReceiveAsync(Func<JsonElement, bool> wanted)
    {
        while (true)
        {
            if (await ReceiveAsync() is var message && wanted(message)) return message;
        }
    }

    public async Task<JsonElement> AskAsync(string request)
    {
        await SendAsync(request);
        return await ReceiveAsync(m => m.ValueKind == JsonValueKind.Object && m.TryGetProperty("id", out _));
    }

    /// <summary>Reads on until the server says goodbye.</summary>
    public async Task<WebSocketCloseStatus?> UntilClosedAsync()
    {
        while (await ReceiveTextAsync() is not null)
        {
        }

        return CloseStatus;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
