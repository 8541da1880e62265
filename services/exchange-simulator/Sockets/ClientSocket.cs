using System.Buffers.Binary;
using System.Text;

namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>One client's WebSocket: reads frames, answers pings and closes, and sends what others put into its outbox.</summary>
internal sealed class ClientSocket(Stream stream, long openedAt, Action abort) : IDisposable
{
    private const int LargestMessage = 262_144;
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(2);
    private readonly Outbox _outbox = new();
    private readonly CancellationTokenSource _closing = new();
    private byte[] _input = new byte[4_096];
    private byte[] _message = [];
    private int _buffered;
    private int _isClosing;
    private volatile bool _abortsWhenWritten;
    private volatile byte[]? _awaitedPong;

    /// <summary>Real milliseconds, for the limits on a connection's life.</summary>
    public long OpenedAt { get; } = openedAt;

    public long PingedAt { get; set; } = openedAt;

    public long HeardAt { get; private set; } = openedAt;

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
        if (!IsHalfOpen && !_outbox.TryAppend(Opcode.Text, first, second, third)) Abort();
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
            if (_buffered == _input.Length)
            {
                if (_input.Length >= LargestMessage)
                {
                    Close(CloseCode.TooBig, "Message too big");
                    return;
                }

                Array.Resize(ref _input, _input.Length * 2);
            }

            var read = await stream.ReadAsync(_input.AsMemory(_buffered), stop);
            if (read == 0) return;
            _buffered += read;
            HeardAt = time.GetUtcNow().ToUnixTimeMilliseconds();
            if (!TakeFrames(conversation)) return;
        }
    }

    private bool TakeFrames(IConversation conversation)
    {
        var taken = 0;
        while (Frames.TryRead(_input.AsSpan(taken, _buffered - taken), out var opcode, out var isFinal, out var payload, out var consumed))
        {
            var frame = _input.AsSpan(taken, consumed)[payload];
            taken += consumed;
            if (IsHalfOpen) continue;
            if (!Take(conversation, opcode, isFinal, frame)) return false;
        }

        _input.AsSpan(taken, _buffered - taken).CopyTo(_input);
        _buffered -= taken;
        return true;
    }

    private bool Take(IConversation conversation, Opcode opcode, bool isFinal, ReadOnlySpan<byte> payload)
    {
        switch (opcode)
        {
            case Opcode.Ping:
                _outbox.TryAppend(Opcode.Pong, payload);
                Flush();
                return true;
            case Opcode.Pong:
                // Pongs nobody asked for are allowed and answer nothing.
                if (_awaitedPong is { } awaited && payload.SequenceEqual(awaited)) _awaitedPong = null;
                return true;
            case Opcode.Close:
                if (Interlocked.Exchange(ref _isClosing, 1) == 0) _outbox.TryAppend(Opcode.Close, payload);
                return false;
            case Opcode.Text or Opcode.Binary when isFinal:
                if (!IsClosing) conversation.Received(this, payload);
                return true;
            default:
                return Continue(conversation, isFinal, payload);
        }
    }

    private bool Continue(IConversation conversation, bool isFinal, ReadOnlySpan<byte> payload)
    {
        _message = [.. _message, .. payload];
        if (_message.Length > LargestMessage) Close(CloseCode.TooBig, "Message too big");
        else if (isFinal)
        {
            conversation.Received(this, _message);
            _message = [];
        }

        return true;
    }
}
