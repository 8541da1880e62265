using System.Net.WebSockets;
using System.Threading.Channels;
using CryptoScreener.ApiGateway.Realtime.Protocol;
using CryptoScreener.ApiGateway.Realtime.Topics;
using CryptoScreener.Hosting.Telemetry;

namespace CryptoScreener.ApiGateway.Realtime.Sockets;

/// <summary>An answer to the client, and what begins or ends once it is sent.</summary>
internal readonly record struct Reply(byte[] Json, Subscription? Begins = null, Subscription? Ends = null, SocketEnd? Then = null);

/// <summary>
/// The only one who sends on a socket: answers first, then what its subscriptions have. It takes the next message when
/// the last one is out, so a slow client has no queue here, only places that fall behind.
/// </summary>
internal sealed class SocketWriter(WebSocket socket, RealtimeOptions options, GatewayMetrics metrics, StageLatency stages, TimeProvider time) : IWake
{
    private const int ReplyQueue = 64;

    // Wait: a client that asks and does not read the answers is not listened to until it does.
    private readonly Channel<Reply> _replies = Channel.CreateBounded<Reply>(
        new BoundedChannelOptions(ReplyQueue) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly Doorbell _bell = new();
    private readonly RateGate _pace = new(options.OutboundPerSecond, options.OutboundPerSecond, time);
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Outgoing> _batch = [];
    private SocketEnd? _end;
    private long _sendingSince;

    public long Sent { get; private set; }

    /// <summary>How long the message at hand has been waiting for the client's side to take it.</summary>
    public TimeSpan Stuck => Volatile.Read(ref _sendingSince) is not 0 and var since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public void Wake() => _bell.Ring();

    public void WakeHere() => _bell.Ring(here: true);

    public async ValueTask ReplyAsync(Reply reply, CancellationToken stop)
    {
        await _replies.Writer.WriteAsync(reply, stop);
        metrics.Waits(reply.Json.Length);
        Wake();
    }

    /// <summary>A last word that does not wait for its turn in a full queue: then the client gets only the close.</summary>
    public void End(byte[]? lastWord, SocketEnd end)
    {
        if (lastWord is not null && _replies.Writer.TryWrite(new Reply(lastWord, Then: end))) metrics.Waits(lastWord.Length);
        else Interlocked.CompareExchange(ref _end, end, null);
        Wake();
    }

    /// <summary>Runs until there is a reason to end.</summary>
    public async Task<SocketEnd> RunAsync(CancellationToken stop)
    {
        // A token given to each send would cost more than the send.
        await using var cut = stop.UnsafeRegister(_ => Cut(), null);
        while (true)
        {
            while (await SendSomeAsync(stop)) await Task.Yield(); // whoever lent its thread gets it back
            if (_end is { } end) return end;
            stop.ThrowIfCancellationRequested();
            await _bell.WaitAsync();
        }
    }

    /// <summary>After <see cref="RunAsync"/>: everything the client subscribed to hears of its going.</summary>
    public void LeaveAll()
    {
        foreach (var subscription in _subscriptions) subscription.Leave();
        _subscriptions.Clear();
        _replies.Writer.TryComplete();
        while (_replies.Reader.TryRead(out var reply))
        {
            metrics.Waits(-reply.Json.Length);
            reply.Begins?.Leave();
        }
    }

    /// <returns>Whether there may be more to send.</returns>
    private async ValueTask<bool> SendSomeAsync(CancellationToken stop)
    {
        while (_end is null && _replies.Reader.TryRead(out var reply)) await AnswerAsync(reply, stop);
        var more = false;
        for (var i = 0; _end is null && i < _subscriptions.Count; i++)
        {
            _batch.Clear();
            var supply = _subscriptions[i].Take(_batch);
            foreach (var message in _batch) await SendAsync(message.Json, message.BornAt, stop);
            if (supply == Supply.Lost) End(null, new SocketEnd(CloseCode.TooSlow, "too slow for the alerts: connect again and resume"));
            more |= supply == Supply.More;
        }

        return more && _end is null;
    }

    private async ValueTask AnswerAsync(Reply reply, CancellationToken stop)
    {
        metrics.Waits(-reply.Json.Length);
        await SendAsync(reply.Json, 0, stop);
        if (reply.Begins is { } begins) _subscriptions.Add(begins);
        if (reply.Ends is { } ends && _subscriptions.Remove(ends)) ends.Leave();
        if (reply.Then is { } end) Interlocked.CompareExchange(ref _end, end, null);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> json, long bornAt, CancellationToken stop)
    {
        while (!_pace.TryTake()) await Task.Delay(_pace.Wait, time, stop);
        Volatile.Write(ref _sendingSince, time.GetTimestamp());
        try
        {
            var sending = socket.SendAsync(json, WebSocketMessageType.Text, true, CancellationToken.None);
            if (sending.IsCompleted) await sending;
            else await PatientlyAsync(sending, json.Length);
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            metrics.MessageFailed();
            throw;
        }
        finally
        {
            Volatile.Write(ref _sendingSince, 0);
        }

        Sent++;
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        stages.Record(Stage.Sent, bornAt, now);
        metrics.MessageSent(bornAt == 0 ? null : TimeSpan.FromMilliseconds(now - bornAt));
    }

    private void Cut()
    {
        socket.Abort();
        Wake();
    }

    private async ValueTask PatientlyAsync(ValueTask sending, int length)
    {
        metrics.Waits(length);
        try
        {
            await sending;
        }
        finally
        {
            metrics.Waits(-length);
        }
    }
}
