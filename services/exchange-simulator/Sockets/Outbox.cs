namespace CryptoScreener.ExchangeSimulator.Sockets;

/// <summary>
/// Bytes on their way to one client: one buffer fills while the other is written. Bounded: a client that does not read is cut off,
/// as the exchanges do, because dropping single frames would hide the slowness from it.
/// </summary>
internal sealed class Outbox : IDisposable
{
    private const int InitialSize = 4_096;
    private const int Capacity = 16 * 1_048_576;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _ready = new(0, 1);
    private byte[] _filling = new byte[InitialSize];
    private byte[] _writing = new byte[InitialSize];
    private int _filled;
    private bool _signalled;
    private bool _completed;
    private bool _disposed;

    /// <summary>False when the client is too slow for what it subscribed to.</summary>
    public bool TryAppend(Opcode opcode, ReadOnlySpan<byte> payload) => TryAppend(opcode, payload, []);

    /// <summary>The same with a payload in two parts, so that a shared part is not copied twice.</summary>
    public bool TryAppend(Opcode opcode, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third = default)
    {
        lock (_lock)
        {
            if (_completed) return true;
            var length = first.Length + second.Length + third.Length;
            if (!Reserve(length + Frames.MaxHeader)) return false;
            _filled += Frames.WriteHeader(_filling.AsSpan(_filled), opcode, length);
            Copy(first);
            Copy(second);
            Copy(third);
            return true;
        }
    }

    /// <summary>Bytes as they are, for what is not a proper frame.</summary>
    public void AppendRaw(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (!_completed && Reserve(bytes.Length)) Copy(bytes);
        }
    }

    public void Signal()
    {
        lock (_lock)
        {
            if (_signalled || _disposed) return;
            _signalled = true;
            _ready.Release();
        }
    }

    /// <summary>Nothing more is accepted; what is there is still written.</summary>
    public void Complete()
    {
        lock (_lock) _completed = true;
        Signal();
    }

    /// <summary>Writes until completed, as much at a time as has gathered.</summary>
    public async Task WriteToAsync(Stream stream, CancellationToken stop)
    {
        while (true)
        {
            await _ready.WaitAsync(stop);
            var (bytes, isLast) = Swap();
            if (bytes.Length > 0) await stream.WriteAsync(bytes, stop);
            if (isLast) return;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            (_completed, _disposed) = (true, true);
            _ready.Dispose();
        }
    }

    private (ReadOnlyMemory<byte> Bytes, bool IsLast) Swap()
    {
        lock (_lock)
        {
            _signalled = false;
            (_filling, _writing) = (_writing, _filling);
            var filled = _filled;
            _filled = 0;
            return (_writing.AsMemory(0, filled), _completed);
        }
    }

    private bool Reserve(int length)
    {
        var needed = _filled + length;
        if (needed <= _filling.Length) return true;
        if (needed > Capacity) return false;
        Array.Resize(ref _filling, Math.Min(Capacity, Math.Max(needed, _filling.Length * 2)));
        return true;
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_filling.AsSpan(_filled));
        _filled += bytes.Length;
    }
}
