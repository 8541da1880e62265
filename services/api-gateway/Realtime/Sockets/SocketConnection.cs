using System.Net.WebSockets;
using CryptoScreener.ApiGateway.Realtime.Protocol;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>One client of <c>/ws/v1</c> from welcome to close.</summary>
internal sealed class SocketConnection(string id, WebSocket socket, SocketWriter writer, SocketSession session, RealtimeOptions options)
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    public string Id => id;

    public long Sent => writer.Sent;

    /// <summary>The gateway stops: the client is told when to come back, then closed.</summary>
    public void Stop(TimeSpan reconnectAfter) => writer.End(ServerMessage.Shutdown(reconnectAfter), new SocketEnd(CloseCode.Restart, "the gateway stops: connect again"));

    /// <summary>Looked at from time to time by somebody who is not stuck.</summary>
    public void CheckProgress()
    {
        if (writer.Stuck > options.SendTimeout) socket.Abort();
    }

    public bool HasExpired => session.HasExpired;

    /// <summary>A credential that expires or is revoked ends what it began.</summary>
    public async ValueTask CheckWelcomeAsync(CancellationToken stop)
    {
        if (!await session.IsStillWelcomeAsync(stop)) writer.End(null, new SocketEnd(CloseCode.Unauthenticated, "the credential has expired or was revoked"));
    }

    /// <returns>Why it ended.</returns>
    public async Task<SocketEnd> RunAsync(byte[] welcome, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await writer.ReplyAsync(new Reply(welcome), stop);
        var reading = EndOfAsync(new SocketReader(socket, options.MaxInboundBytes).RunAsync(session.HandleAsync, ending.Token));
        var writing = EndOfAsync(writer.RunAsync(ending.Token));
        try
        {
            var end = await await Task.WhenAny(reading, writing);
            writer.End(null, end);
            await Task.WhenAny(writing, Task.Delay(LastWords, TimeProvider.System, ending.Token));
            if (writing.IsCompleted) await CloseAsync(end);
            await Task.WhenAny(reading, Task.Delay(LastWords, TimeProvider.System, ending.Token)); // for the client's close
            return end;
        }
        finally
        {
            await ending.CancelAsync(); // ends whatever still hangs, by cutting the connection
            // Whatever went wrong, those who were subscribed to must hear that nobody listens any more.
            await ((Task)Task.WhenAll(reading, writing)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            writer.LeaveAll();
            session.LeaveAll();
        }
    }

    private async Task CloseAsync(SocketEnd end)
    {
        using var patience = new CancellationTokenSource(LastWords);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) await socket.CloseOutputAsync(end.Code, end.Reason, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            socket.Abort(); // it is gone already
        }
    }

    private static async Task<SocketEnd> EndOfAsync(Task<SocketEnd> loop)
    {
        try
        {
            return await loop;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            return new SocketEnd(CloseCode.Normal, "the connection broke");
        }
    }
}
