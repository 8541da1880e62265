using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CryptoScreener.Benchmarks.Collector;

/// <summary>An exchange's sockets and nothing else: takes subscriptions and sends what it is given, as fast as it is read.</summary>
internal sealed class FrameServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<WebSocket, string[]> _sockets = new();
    private readonly TaskCompletionSource _ended = new();

    private FrameServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First().Replace("http", "ws", StringComparison.Ordinal);

    public int Subscriptions => _sockets.Values.Sum(symbols => symbols.Length);

    public static async Task<FrameServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new FrameServer(app);
        app.UseWebSockets();
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>To all sockets at once; each sends what its subscribers shall hear, in order.</summary>
    public Task SendAsync(Func<string, byte[]> frameOf) =>
        Task.WhenAll(_sockets.Select(socket => Task.Run(() => SendAsync(socket.Key, socket.Value, frameOf))));

    public async ValueTask DisposeAsync()
    {
        _ended.SetResult();
        await _app.DisposeAsync();
    }

    private static async Task SendAsync(WebSocket socket, string[] symbols, Func<string, byte[]> frameOf)
    {
        foreach (var symbol in symbols) await socket.SendAsync(frameOf(symbol), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[64 * 1024];
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(length), context.RequestAborted);
            length += part.Count;
        }
        while (!part.EndOfMessage);

        using var json = JsonDocument.Parse(buffer.AsMemory(0, length));
        _sockets[socket] = [.. json.RootElement.GetProperty("params").EnumerateArray().Select(p => p.GetString()!.Split('@')[0].ToUpperInvariant())];
        await _ended.Task;
    }
}
