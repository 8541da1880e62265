using System.Net.WebSockets;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>A socket on which only the gateway has something to say, from open to close.</summary>
internal sealed class OneWaySocket(WebSocket socket, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _tooSlow = new(TaskCreationOptions.RunContinuationsAsynchronously);

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

    /// <summary>The client does not keep up.</summary>
    public void EndAsTooSlow() => _tooSlow.TrySetResult();

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
        await Task.WhenAny(left, sent, _tooSlow.Task, unwelcome, Task.Delay(Timeout.InfiniteTimeSpan, time, stop));
        var (code, reason) = stop.IsCancellationRequested ? (WebSocketCloseStatus.EndpointUnavailable, "the gateway stops")
            : _tooSlow.Task.IsCompleted ? (WebSocketCloseStatus.PolicyViolation, "too slow")
            : unwelcome.IsCompleted ? (WebSocketCloseStatus.PolicyViolation, "the token expired or was revoked")
            : (WebSocketCloseStatus.NormalClosure, "the client left");
        await CloseAsync(code, reason);
        await Task.WhenAny(left, Task.Delay(Farewell, time, CancellationToken.None)); // until the client has said goodbye too
        await ending.CancelAsync();
        await Task.WhenAll(QuietAsync(left), QuietAsync(sent), QuietAsync(unwelcome));
        return reason;
    }

    private async Task PatientlyAsync(Task sending, CancellationToken stop)
    {
        if (await Task.WhenAny(sending, Task.Delay(patience, time, stop)) != sending) EndAsTooSlow();
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
