using System.Buffers.Binary;
using System.Text;

namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>One client's WebSocket: reads frames, answers pings and closes, and sends what others put into its outbox.</summary>
internal sealed class ClientSocket(Stream stream, long openedAt, Action abort) : IDisposable
{
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);
    private readonly Outbox _outbox = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Inbox _inbox = new();
    private int _isClosing;
    private volatile bool _abortsWhenWritten;
    private volatile byte[]? _awaitedPong;
    private volatile bool _hasSent;

    /// <summary>Real milliseconds, for the limits on a connection's life.</summary>
    public long OpenedAt { get; } = openedAt;

    public long PingedAt { get; set; } = openedAt;

    public long HeardAt { get; private set; } = openedAt;

    /// <summary>As far as <see cref="Feeds.ConnectionCare"/> has looked.</summary>
    public long SentAt { get; set; } = openedAt;

    public bool AwaitsPong => _awaitedPong is not null;

    /// <summary>Set to play dead: the connection stays open, nothing is sent and nothing is read.</summary>
    public bool IsHalfOpen { get; set; }

    /// <summary>Real milliseconds at which the connection is closed, when that has been announced.</summary>
    public (long At, CloseCode Code, string Reason)? Farewell { get; set; }

    public bool IsClosing => Volatile.Read(ref _isClosing) != 0;

    public void Send(ReadOnlySpan<byte> text)
    {
        Queue(text);
        Flush();
    }

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>Sent with the next <see cref="Flush"/>, so that a burst costs one write.</summary>
    public void Queue(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default, ReadOnlySpan<byte> third = default)
    {
        if (IsHalfOpen) return;
        _hasSent = true;
        if (!_outbox.TryAppend(Opcode.Text, first, second, third)) Abort();
    }

    /// <summary>Whether anything was sent since it was asked last: sending itself is too frequent to look at a clock.</summary>
    public bool TakeHasSent()
    {
        var hasSent = _hasSent;
        _hasSent = false;
        return hasSent;
    }

    public void Flush() => _outbox.Signal();

    public void Ping(long now, ReadOnlySpan<byte> payload)
    {
        if (IsHalfOpen) return;
        PingedAt = now;
        _awaitedPong = payload.ToArray();
        _outbox.TryAppend(Opcode.Ping, payload);
        Flush();
    }

    /// <summary>Says goodbye with a code, as a decent exchange does.</summary>
    public void Close(CloseCode code, string reason)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0) return;
        Span<byte> payload = stackalloc byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload[2..]);
        _outbox.TryAppend(Opcode.Close, payload);
        _outbox.Complete();
        try
        {
            _closing.CancelAfter(CloseGrace);
        }
        catch (ObjectDisposedException)
        {
            // The client was faster and is gone already.
        }
    }

    /// <summary>Sends the header of a whole frame and half of its payload, and then cuts the connection.</summary>
    public void Truncate(ReadOnlySpan<byte> payload)
    {
        if (Interlocked.Exchange(ref _isClosing, 1) != 0) return;
        Span<byte> header = stackalloc byte[Frames.MaxHeader];
        var length = Frames.WriteHeader(header, Opcode.Text, payload.Length);
        _outbox.AppendRaw(header[..length]);
        _outbox.AppendRaw(payload[..(payload.Length / 2)]);
        _abortsWhenWritten = true;
        _outbox.Complete();
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Abort()
    {
        Interlocked.Exchange(ref _isClosing, 1);
        abort();
    }

    public async Task RunAsync(IConversation conversation, TimeProvider time, CancellationToken stop)
    {
        using var stopping = stop.Register(() => Close(CloseCode.GoingAway, "Server shutdown"));
        var writing = WriteAsync(_closing.Token);
        conversation.Opened(this);
        try
        {
            await ReadAsync(conversation, time, _closing.Token);
            _outbox.Complete();
            await writing;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Either side may vanish at any moment; what matters is that the subscriptions go with it.
        }
        finally
        {
            conversation.Closed(this);
            Interlocked.Exchange(ref _isClosing, 1);
            await _closing.CancelAsync();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose()
    {
        _closing.Dispose();
        _outbox.Dispose();
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        await _outbox.WriteToAsync(stream, stop);
        if (_abortsWhenWritten) abort();
    }

    private async Task ReadAsync(IConversation conversation, TimeProvider time, CancellationToken stop)
    {
        while (true)
        {
            var room = _inbox.Room;
            if (room.IsEmpty)
            {
                Close(CloseCode.TooBig, "Message too big");
                return;
            }

            var read = await stream.ReadAsync(room, stop);
            if (read == 0) return;
            _inbox.Filled(read);
            HeardAt = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (!TakeFrames(conversation)) return;
        }
    }

    /// <summary>False when the client said goodbye.</summary>
    private bool TakeFrames(IConversation conversation)
    {
        while (_inbox.TryTake(out var opcode, out var payload))
        {
            if (IsHalfOpen) continue;
            switch (opcode)
            {
                case Opcode.Ping:
                    _outbox.TryAppend(Opcode.Pong, payload);
                    Flush();
                    break;
                case Opcode.Pong:
                    // Pongs nobody asked for are allowed and answer nothing.
                    if (_awaitedPong is { } awaited && payload.SequenceEqual(awaited)) _awaitedPong = null;
                    break;
                case Opcode.Close:
                    if (Interlocked.Exchange(ref _isClosing, 1) == 0) _outbox.TryAppend(Opcode.Close, payload);
                    return false;
                default:
                    if (!IsClosing) conversation.Received(this, payload);
                    break;
            }
        }

        return true;
    }
}
