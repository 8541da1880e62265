using System.Net.WebSockets;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>Sends a frame on a subscribed socket again and again until disposed. A socket that takes none is lost, which its reader notices.</summary>
internal sealed class Pings : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _sending;

    /// <param name="isDue">Asked each time; null for always.</param>
    public Pings(ClientWebSocket socket, KeepAlive? keepAlive, TimeProvider time, Func<bool>? isDue = null) =>
        _sending = keepAlive is null ? Task.CompletedTask : SendAsync(socket, keepAlive, time, isDue, _end.Token);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _sending;
        _end.Dispose();
    }

    private static async Task SendAsync(ClientWebSocket socket, KeepAlive keepAlive, TimeProvider time, Func<bool>? isDue, CancellationToken end)
    {
        try
        {
            using var timer = new PeriodicTimer(keepAlive.Every, time);
            while (await timer.WaitForNextTickAsync(end))
                if (isDue is null || isDue()) await socket.SendAsync(keepAlive.Frame, WebSocketMessageType.Text, true, end);
        }
        catch (Exception e) when (e is WebSocketException or IOException or InvalidOperationException or OperationCanceledException)
        {
            // closed or ended
        }
    }
}
