using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>A socket on which only the gateway has something to say, from open to close.</summary>
internal sealed class OneWaySocket(WebSocket socket, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private static readonly SocketEnd TooSlow = new(WebSocketCloseStatus.PolicyViolation, "too slow");

    private readonly TaskCompletionSource<SocketEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Messages sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>One at a time. A client that does not take it in time is ended.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> json, CancellationToken stop)
    {
        var sending = socket.SendAsync(json, WebSocketMessageType.Text, true, stop);
        if (sending.IsCompleted) await sending;
        else await PatientlyAsync(sending.AsTask(), stop);
        Sent++;
    }

    /// <summary>The first reason counts.</summary>
    public void End(SocketEnd end) => _end.TrySetResult(end);

    /// <param name="sendAsync">Sends until it is told to end.</param>
    /// <param name="untilUnwelcomeAsync">Completes when the client has lost its right to be here.</param>
    /// <returns>Why it ended.</returns>
    public async Task<string> RunAsync(Func<CancellationToken, Task> sendAsync, Func<CancellationToken, Task> untilUnwelcomeAsync, CancellationToken stop)
    {
        // Not linked: a receive that is cancelled cuts the socket, and the client would never hear why.
        using var ending = new CancellationTokenSource();
        var left = WaitForCloseAsync(ending.Token);
        var sent = sendAsync(ending.Token);
        var unwelcome = untilUnwelcomeAsync(ending.Token);
        await Task.WhenAny(left, sent, _end.Task, unwelcome, Task.Delay(Timeout.InfiniteTimeSpan, time, stop));
        var end = stop.IsCancellationRequested ? new SocketEnd(WebSocketCloseStatus.EndpointUnavailable, "the gateway stops")
            : _end.Task.IsCompleted ? await _end.Task
            : unwelcome.IsCompleted ? new SocketEnd(WebSocketCloseStatus.PolicyViolation, "the token expired or was revoked")
            : new SocketEnd(WebSocketCloseStatus.NormalClosure, "the client left");
        await CloseAsync(end.Code, end.Reason);
        await Task.WhenAny(left, Task.Delay(Farewell, time, CancellationToken.None)); // until the client has said goodbye too
        await ending.CancelAsync();
        await Task.WhenAll(QuietAsync(left), QuietAsync(sent), QuietAsync(unwelcome));
        return end.Reason;
    }

    private async Task PatientlyAsync(Task sending, CancellationToken stop)
    {
        if (await Task.WhenAny(sending, Task.Delay(patience, time, stop)) != sending) End(TooSlow);
        await sending;
    }

    /// <summary>What the client says is read and ignored, so that its close and its pings are noticed.</summary>
    private async Task WaitForCloseAsync(CancellationToken stop)
    {
        var ignored = new byte[512];
        while ((await socket.ReceiveAsync(ignored.AsMemory(), stop)).MessageType != WebSocketMessageType.Close) { }
    }

    private async Task CloseAsync(WebSocketCloseStatus code, string reason)
    {
        using var patience = new CancellationTokenSource(Farewell, time);
        try
        {
            await socket.CloseOutputAsync(code, reason, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            socket.Abort(); // it is gone already
        }
    }

    private static async Task QuietAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // the connection's end is not news here
        }
    }
}
