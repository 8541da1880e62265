using System.Net.WebSockets;
using System.Text;
using CryptoScreener.DataCollector.Exchanges;

namespace CryptoScreener.DataCollector.Feeds;

/// <summary>One connection of a socket, from its opening to its end. It is opened once and never again.</summary>
internal sealed class FeedConnection : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly FeedSocketContext _context;
    private readonly CancellationTokenSource _closing;
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _delivering = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _announced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly byte[] _buffer = new byte[BufferSize];
    private ClientWebSocket? _socket;
    private bool _refusalLogged;
    private int _frames;
    private int _framesBefore;
    private int _claimed;
    private long _subscribedAt;

    public FeedConnection(FeedSocketContext context, CancellationToken stop)
    {
        _context = context;
        _closing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Ended = RunAsync();
    }

    /// <summary>Completes when every subscription was sent.</summary>
    public Task Subscribed => _subscribed.Task;

    /// <summary>Since when it has been there to hear what its instruments say (a timestamp of the time provider); null while it is not.</summary>
    public long? SubscribedAt => _subscribed.Task.IsCompletedSuccessfully && !Ended.IsCompleted ? _subscribedAt : null;

    /// <summary>Completes with the first candle.</summary>
    public Task Delivering => _delivering.Task;

    /// <summary>Completes when the exchange says that it will soon close this connection.</summary>
    public Task EndAnnounced => _announced.Task;

    /// <summary>Completes when another is to take its place.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Completes with the reason when the connection is lost or closed; it never fails.</summary>
    public Task<string> Ended { get; }

    /// <summary>True for the first who wants it replaced, and who sees to that then: of those who find it silent at the same time one is enough.</summary>
    public bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;

    public void GiveUp() => _givenUp.TrySetResult();

    /// <summary>Subscribes again what is subscribed already: some exchanges forget single instruments.</summary>
    public async Task ResubscribeAsync(string symbol)
    {
        try
        {
            if (_socket is { State: WebSocketState.Open } socket) await SubscribeAsync(socket, [symbol], _closing.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // lost: its reader knows
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await Ended;
        _closing.Dispose();
    }

    private async Task<string> RunAsync()
    {
        try
        {
            return await ConnectAndReadAsync();
        }
        catch (OperationCanceledException)
        {
            return _closing.IsCancellationRequested ? "closed by us" : $"silent for {_context.SilenceLimit.TotalSeconds} s";
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException)
        {
            return e.Message;
        }
    }

    private async Task<string> ConnectAndReadAsync()
    {
        await _context.Connections.TurnAsync(_closing.Token);
        using var socket = new ClientWebSocket();
        using var silence = new CancellationTokenSource(_context.SilenceLimit, _context.Time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, silence.Token);
        await socket.ConnectAsync(_context.Exchange.StreamUri, end.Token);
        _context.Connections.Opened(1);
        try
        {
            await SubscribeAsync(socket, [.. _context.Instruments.Select(i => i.Id.Symbol)], end.Token);
            CollectorLog.SocketOpened(_context.Logger, _context.Exchange.Name, _context.Number, _context.Instruments.Count);
            _socket = socket;
            _subscribedAt = _context.Time.GetTimestamp();
            _subscribed.TrySetResult();
            await using var pings = new Pings(socket, _context.Exchange.KeepAlive, _context.Time);
            await using var questions = new Pings(socket, Question, _context.Time, HasBeenQuiet);
            return await ReadAsync(socket, silence, end.Token);
        }
        finally
        {
            _context.Connections.Opened(-1);
        }
    }

    /// <summary>Several times within the limit: that nothing trades is no fault, and whoever is there says so.</summary>
    private KeepAlive? Question => _context.Exchange.Question is { IsEmpty: false } frame ? new KeepAlive(frame, _context.SilenceLimit / 4) : null;

    private bool HasBeenQuiet()
    {
        var frames = Volatile.Read(ref _frames);
        var isQuiet = frames == _framesBefore;
        _framesBefore = frames;
        return isQuiet;
    }

    private async Task SubscribeAsync(ClientWebSocket socket, IReadOnlyList<string> symbols, CancellationToken stopping)
    {
        foreach (var frame in _context.Exchange.SubscribeFrames(symbols))
            await socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, stopping);
    }

    private async Task<string> ReadAsync(ClientWebSocket socket, CancellationTokenSource silence, CancellationToken end)
    {
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(_buffer.AsMemory(length), end);
            if (result.MessageType == WebSocketMessageType.Close) return $"closed by the exchange: {socket.CloseStatus} {socket.CloseStatusDescription}";
            length += result.Count;
            if (!result.EndOfMessage)
            {
                if (length == _buffer.Length) return $"a frame of more than {BufferSize} bytes";
                continue;
            }

            silence.CancelAfter(_context.SilenceLimit);
            Volatile.Write(ref _frames, _frames + 1);
            await HandAsync(length, end);
            length = 0;
        }
    }

    private ValueTask HandAsync(int length, CancellationToken stopping)
    {
        var frame = _buffer.AsSpan(0, length);
        var kind = _context.Exchange.Parse(frame, _context.Symbols, out var kline);
        switch (kind)
        {
            case FrameKind.Kline:
                _delivering.TrySetResult();
                kline.Instrument.Pulse.Beat(_context.Time.GetTimestamp(), isTraded: kline.Candle.Volume > 0);
                return _context.Lane.OfferAsync(kline, _context.Time.GetUtcNow().ToUnixTimeMilliseconds(), stopping);
            case FrameKind.GoingAway:
                _announced.TrySetResult();
                break;
            case not FrameKind.Control:
                Refuse(kind, frame);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private void Refuse(FrameKind kind, ReadOnlySpan<byte> frame)
    {
        _context.Metrics.Refused(kind, _context.Exchange.Name);
        if (_refusalLogged) return;
        _refusalLogged = true;
        CollectorLog.FrameRefused(_context.Logger, _context.Exchange.Name, kind.ToString(), Encoding.UTF8.GetString(frame[..Math.Min(frame.Length, 200)]));
    }
}
