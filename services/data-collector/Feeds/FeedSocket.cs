using System.Net.WebSockets;
using System.Text;
using CryptoScreener.DataCollector.Candles;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>One socket to an exchange: opened, subscribed, read, and opened again when lost, until stopped.</summary>
internal sealed class FeedSocket(
    int number,
    IExchange exchange,
    IReadOnlyList<FollowedInstrument> instruments,
    ExchangeLane lane,
    FeedConnections connections,
    CollectorMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    private const int BufferSize = 64 * 1024;

    /// <summary>With any instrument trading a socket is never silent this long; a half-open one is.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(15);

    private readonly SymbolLookup _symbols = new(instruments);
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _refusalLogged;

    /// <summary>Completes when it was subscribed for the first time.</summary>
    public Task Opened => _opened.Task;

    public async Task RunAsync(CancellationToken stop)
    {
        var pause = new ReconnectPause();
        connections.Expect(1);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                string reason;
                try
                {
                    reason = await ConnectAndReadAsync(pause, stop);
                }
                catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
                {
                    if (stop.IsCancellationRequested) return;
                    reason = e is OperationCanceledException ? $"silent for {SilenceLimit.TotalSeconds} s" : e.Message;
                }

                var wait = pause.Next();
                metrics.SocketError("lost", exchange.Name);
                metrics.Reconnected(exchange.Name);
                CollectorLog.SocketLost(logger, exchange.Name, number, reason, Math.Round(wait.TotalSeconds, 2));
                await Task.Delay(wait, time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // stopping
        }
        finally
        {
            connections.Expect(-1);
        }
    }

    private async Task<string> ConnectAndReadAsync(ReconnectPause pause, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        silence.CancelAfter(SilenceLimit);
        await connections.TurnAsync(silence.Token);
        await socket.ConnectAsync(exchange.StreamUri, silence.Token);
        connections.Opened(1);
        try
        {
            foreach (var frame in exchange.SubscribeFrames([.. instruments.Select(i => i.Id.Symbol)]))
                await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, silence.Token);
            CollectorLog.SocketOpened(logger, exchange.Name, number, instruments.Count);
            _opened.TrySetResult();
            await using var pings = new Pings(socket, exchange.KeepAlive, time);
            return await ReadAsync(socket, pause, silence);
        }
        finally
        {
            connections.Opened(-1);
        }
    }

    private async Task<string> ReadAsync(ClientWebSocket socket, ReconnectPause pause, CancellationTokenSource silence)
    {
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(_buffer.AsMemory(length), silence.Token);
            if (result.MessageType == WebSocketMessageType.Close) return $"closed by the exchange: {socket.CloseStatus} {socket.CloseStatusDescription}";
            length += result.Count;
            if (!result.EndOfMessage)
            {
                if (length == _buffer.Length) return $"a frame of more than {BufferSize} bytes";
                continue;
            }

            silence.CancelAfter(SilenceLimit);
            await HandAsync(length, pause, silence.Token);
            length = 0;
        }
    }

    private ValueTask HandAsync(int length, ReconnectPause pause, CancellationToken stop)
    {
        var frame = _buffer.AsSpan(0, length);
        var kind = exchange.Parse(frame, _symbols, out var kline);
        if (kind == FrameKind.Kline)
        {
            pause.Reset();
            return lane.OfferAsync(kline, time.GetUtcNow().ToUnixTimeMilliseconds(), stop);
        }

        if (kind != FrameKind.Control) Refuse(kind, frame);
        return ValueTask.CompletedTask;
    }

    private void Refuse(FrameKind kind, ReadOnlySpan<byte> frame)
    {
        metrics.SocketError(kind.ToString().ToLowerInvariant(), exchange.Name);
        if (_refusalLogged) return;
        _refusalLogged = true;
        CollectorLog.FrameRefused(logger, exchange.Name, kind.ToString(), Encoding.UTF8.GetString(frame[..Math.Min(frame.Length, 200)]));
    }
}
