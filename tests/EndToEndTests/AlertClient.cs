using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace CryptoScreener.EndToEndTests;

/// <summary>A bot on <c>/ws/alerts</c>.</summary>
internal sealed class AlertClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<JsonElement> _received = new();
    private Task _reading = Task.CompletedTask;

    public IReadOnlyCollection<JsonElement> Received => _received;

    /// <summary>Whether nobody has ended it.</summary>
    public bool IsFollowing => !_reading.IsCompleted;

    public static async Task<AlertClient> ConnectAsync(Uri api)
    {
        var client = new AlertClient();
        await client._socket.ConnectAsync(new Uri($"ws://{api.Authority}/ws/alerts"), CancellationToken.None);
        client._reading = Task.Run(client.ReadAsync);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), _stop.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);

                if (part.MessageType == WebSocketMessageType.Close) return;
                _received.Enqueue(JsonDocument.Parse(buffer.AsMemory(0, length).ToArray()).RootElement);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the end, ours or the gateway's
        }
    }
}
